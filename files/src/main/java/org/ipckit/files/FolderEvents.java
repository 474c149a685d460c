package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.spi.Daemons;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the system reports of folders (inotify), for all of this JVM's watches together: the system allows a user few such
 * listeners. Begins with the first watch and ends with the last. Any thread may register or close.
 */
final class FolderEvents {

    private static final Logger LOG = LoggerFactory.getLogger(FolderEvents.class);
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static FolderEvents current;

    private final WatchService service;
    private final Map<WatchKey, List<Registration>> registrations = new HashMap<>();

    private FolderEvents(WatchService service) {
        this.service = service;
    }

    /** One file that is watched. */
    static final class Registration implements Closeable {

        private final FolderEvents events;
        private final WatchKey key;
        private final Path name;
        private final Runnable onChange;

        private Registration(FolderEvents events, WatchKey key, Path name, Runnable onChange) {
            this.events = events;
            this.key = key;
            this.name = name;
            this.onChange = onChange;
        }

        @Override
        public void close() {
            events.leave(this);
        }
    }

    /** Runs the action, on a thread of its own, whenever the file is made, replaced, changed or removed. */
    static Registration register(Path file, Runnable onChange) throws IOException {
        LOCK.lock();
        try {
            FolderEvents events = current != null ? current : begin();
            return events.join(file.toAbsolutePath(), onChange);
        } finally {
            LOCK.unlock();
        }
    }

    private static FolderEvents begin() throws IOException {
        FolderEvents events = new FolderEvents(FileSystems.getDefault().newWatchService());
        Daemons.thread("files", events::run).start();
        current = events;
        return events;
    }

    private Registration join(Path file, Runnable onChange) throws IOException {
        try {
            WatchKey key = file.getParent()
                    .register(
                            service,
                            StandardWatchEventKinds.ENTRY_CREATE,
                            StandardWatchEventKinds.ENTRY_MODIFY,
                            StandardWatchEventKinds.ENTRY_DELETE);
            Registration registration = new Registration(this, key, file.getFileName(), onChange);
            registrations.computeIfAbsent(key, first -> new ArrayList<>()).add(registration);
            return registration;
        } finally {
            endIfUnused();
        }
    }

    private void leave(Registration registration) {
        LOCK.lock();
        try {
            List<Registration> others = registrations.getOrDefault(registration.key, new ArrayList<>());
            others.remove(registration);
            if (others.isEmpty() && registrations.remove(registration.key) != null) {
                registration.key.cancel();
            }
            endIfUnused();
        } finally {
            LOCK.unlock();
        }
    }

    private void endIfUnused() {
        if (registrations.isEmpty() && current == this) {
            current = null;
            try {
                service.close();
            } catch (IOException refused) {
                LOG.warn("cannot stop watching folders", refused);
            }
        }
    }

    private void run() {
        try {
            while (true) {
                report(service.take());
            }
        } catch (ClosedWatchServiceException nobodyWatches) {
            return;
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(WatchKey key) {
        List<WatchEvent<?>> events = key.pollEvents();
        // Before anybody looks: what happens from now on is reported again.
        boolean ended = !key.reset();
        List<Registration> here;
        LOCK.lock();
        try {
            here = List.copyOf(registrations.getOrDefault(key, List.of()));
        } finally {
            LOCK.unlock();
        }
        for (Registration each : here) {
            if (ended || events.stream().anyMatch(event -> concerns(event, each.name))) {
                each.onChange.run();
            }
        }
    }

    private static boolean concerns(WatchEvent<?> event, Path name) {
        // After an overflow nobody knows what has changed.
        return event.kind() == StandardWatchEventKinds.OVERFLOW || name.equals(event.context());
    }
}
