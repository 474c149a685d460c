package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.ipckit.transport.spi.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the system reports of folders, for all of this JVM's watches together: the system allows a user few readers of such
 * reports. Begins with the first watch and ends with the last. Any thread may register or close.
 */
final class FolderEvents implements Inotify.Reader {

    private static final Logger LOG = LoggerFactory.getLogger(FolderEvents.class);
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static FolderEvents current;

    private final Inotify inotify;
    private final Map<Integer, List<Registration>> registrations = new HashMap<>();

    private FolderEvents(Inotify inotify) {
        this.inotify = inotify;
    }

    /** One file that is watched. */
    static final class Registration implements Closeable {

        private final FolderEvents events;
        private final int folder;
        private final String name;
        private final Runnable onChange;

        private Registration(FolderEvents events, int folder, String name, Runnable onChange) {
            this.events = events;
            this.folder = folder;
            this.name = name;
            this.onChange = onChange;
        }

        /** Ends the reports; one that is under way is not waited for. */
        @Override
        public void close() {
            events.leave(this);
        }
    }

    /** Runs the action, on a thread of its own, whenever the file is made, replaced, changed or removed. */
    static Registration register(Path file, Runnable onChange) throws IOException {
        LOCK.lock();
        try {
            if (current != null) {
                return current.join(file.toAbsolutePath(), onChange);
            }
            Inotify inotify = Inotify.open();
            FolderEvents events = new FolderEvents(inotify);
            boolean begun = false;
            try {
                Registration first = events.join(file.toAbsolutePath(), onChange);
                Daemons.thread("files", events::run).start();
                begun = true;
                current = events;
                return first;
            } finally {
                if (!begun) {
                    inotify.close();
                }
            }
        } finally {
            LOCK.unlock();
        }
    }

    private Registration join(Path file, Runnable onChange) throws IOException {
        int folder = inotify.watch(file.getParent());
        Registration registration =
                new Registration(this, folder, file.getFileName().toString(), onChange);
        registrations.computeIfAbsent(folder, first -> new ArrayList<>()).add(registration);
        return registration;
    }

    private void leave(Registration registration) {
        LOCK.lock();
        try {
            List<Registration> others = registrations.getOrDefault(registration.folder, new ArrayList<>());
            others.remove(registration);
            if (others.isEmpty() && registrations.remove(registration.folder) != null) {
                // Which is reported: the thread that waits sees then that there is nothing to wait for.
                inotify.unwatch(registration.folder);
            }
        } finally {
            LOCK.unlock();
        }
    }

    private void run() {
        try (inotify) {
            while (!endIfUnused()) {
                inotify.read(this);
            }
        } catch (IOException refused) {
            LOG.warn("changes of files are not reported any more", refused);
            end();
        }
    }

    private boolean endIfUnused() {
        LOCK.lock();
        try {
            boolean unused = registrations.isEmpty();
            if (unused) {
                end();
            }
            return unused;
        } finally {
            LOCK.unlock();
        }
    }

    /** Whoever comes now begins anew. */
    private void end() {
        LOCK.lock();
        try {
            if (current == this) {
                current = null;
            }
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public void changed(int folder, String name) {
        // After an overflow nobody knows what has changed.
        boolean all = folder == Inotify.ALL;
        report(each -> all || (each.folder == folder && each.name.equals(name)));
    }

    @Override
    public void ended(int folder) {
        report(each -> each.folder == folder);
        LOCK.lock();
        try {
            registrations.remove(folder);
        } finally {
            LOCK.unlock();
        }
    }

    private void report(Predicate<Registration> concerned) {
        List<Registration> those;
        LOCK.lock();
        try {
            those = registrations.values().stream()
                    .flatMap(List::stream)
                    .filter(concerned)
                    .toList();
        } finally {
            LOCK.unlock();
        }
        those.forEach(each -> each.onChange.run());
    }
}
