package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.spi.Nap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes those who wait for a file to change: the system reports it. Where it does not, such as on a network's file
 * system, those who wait look for themselves every {@value #POLL_MILLIS} milliseconds, and the log says so.
 */
final class FileWatch implements Closeable {

    /** How often to look where nothing is reported. */
    static final int POLL_MILLIS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    /** Here only what this machine's own processes change is reported. */
    private static final Set<String> OF_NETWORKS =
            Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "lustre", "gfs2", "ocfs2", "ncpfs");

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FolderEvents.Registration registration;
    private volatile Runnable onChange = () -> {};

    /** @param register whether to be told of changes, as far as the system can */
    private FileWatch(Path file, boolean register) {
        this.file = file;
        this.registration = register ? register(file) : null;
    }

    /** Watches a file, which need not be there, if its file system reports changes. */
    static FileWatch of(Path file) throws IOException {
        return of(file, Files.getFileStore(file.toAbsolutePath().getParent()).type());
    }

    /** As {@link #of(Path)}, on a file system of this type. */
    static FileWatch of(Path file, String fileSystem) {
        boolean reported = !isOfNetwork(fileSystem);
        if (!reported) {
            say(file, "its file system " + fileSystem + " does not report what other machines change");
        }
        return new FileWatch(file, reported);
    }

    /** Watches nothing: who waits looks. */
    static FileWatch byLooking(Path file) {
        return new FileWatch(file, false);
    }

    /** Returns why the system reports nothing on any file system; empty if it does. */
    static Optional<String> whyNothingIsReported() {
        try {
            Inotify.open().close();
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.of("each side looks for changes every " + POLL_MILLIS
                    + " ms: the system does not report them: " + refused.getMessage());
        }
    }

    /** Returns true if a file system of this type does not report all changes. */
    static boolean isOfNetwork(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return OF_NETWORKS.contains(name) || name.startsWith("fuse.");
    }

    /** Returns null if the system cannot watch one more. */
    private FolderEvents.Registration register(Path path) {
        try {
            return FolderEvents.register(path, () -> onChange.run());
        } catch (IOException refused) {
            say(path, "the system cannot watch it: " + refused.getMessage());
            return null;
        }
    }

    private static void say(Path file, String reason) {
        if (SAID.add(reason)) {
            LOG.warn("changes of {} are looked for every {} ms: {}", file, POLL_MILLIS, reason);
        }
    }

    /** Returns the reasons that were said, each once. */
    static Set<String> said() {
        return Set.copyOf(SAID);
    }

    /** Returns true if changes are reported; where they are not, who waits has to look. */
    boolean isReported() {
        return registration != null;
    }

    /** Names what is run after each change, on a thread of the watch; once now, for what has changed before. */
    void onChange(Runnable action) {
        onChange = action;
        action.run();
    }

    /** Returns what sleeps until somebody wakes it, but not longer than it may where nothing is reported. */
    Nap nap() {
        return new Nap(isReported() ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }

    @Override
    public void close() {
        if (registration != null) {
            registration.close();
        }
    }

    @Override
    public String toString() {
        return "FileWatch[" + file + (isReported() ? "" : ", by looking") + "]";
    }
}
