package org.ipckit.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.TransportUnavailableException;
import org.ipckit.transport.Waits;
import org.ipckit.transport.spi.Deadline;

/**
 * The locks on one lock file, taken together: whoever holds them excludes every other tool, whichever kind of lock that
 * one takes. An immutable value: where the lock file is. It is a file of its own, never the one that is protected.
 *
 * <p>They are taken in one order everywhere, so that two who take several cannot block each other: first this JVM's other
 * threads take turns, then flock, then the lock on all bytes. Who holds them is written to {@code NAME.owner} meanwhile:
 * some tools truncate the lock file itself.
 *
 * <pre>{@code
 * try (HeldLock held = FileLocks.beside(Path.of("shared.json")).acquire()) {
 *     ... // read, change, write
 * }
 * }</pre>
 */
public final class FileLocks {

    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;

    private static final Path KNOWN_LOCKS = Path.of("/proc/locks");
    private static final Pattern LOCK = Pattern.compile("\\d+: (-> )?.* [0-9a-f]+:[0-9a-f]+:(\\d+) .*");

    private final Path path;

    private FileLocks(Path path) {
        this.path = Objects.requireNonNull(path, "path");
    }

    /**
     * Returns the locks on this lock file; nothing is made and nothing looked at.
     *
     * @throws IllegalArgumentException if the path has no name, as that of the root has none
     */
    public static FileLocks at(Path lockFile) {
        requireName(lockFile);
        return new FileLocks(lockFile);
    }

    /**
     * Returns the locks that protect a file, on {@code NAME.lock} beside it: where Python's filelock users put it.
     *
     * @throws IllegalArgumentException if the path has no name, as that of the root has none
     */
    public static FileLocks beside(Path file) {
        return at(file.resolveSibling(requireName(file) + ".lock"));
    }

    private static Path requireName(Path path) {
        Path name = path.getFileName();
        if (name == null || name.toString().isEmpty()) {
            throw new IllegalArgumentException("lock \"" + path + "\": a lock file needs a name");
        }
        return name;
    }

    /**
     * Returns the same locks for somebody who takes them again and again: the lock file stays open meanwhile, and nobody
     * writes down who holds them, for that takes longer than to take them.
     */
    RepeatedLock repeated() {
        return new RepeatedLock(this);
    }

    /** Returns where the lock file is. */
    public Path path() {
        return path;
    }

    /**
     * Waits for the locks as long as it takes.
     *
     * @throws InterruptedWaitException if the thread is interrupted; its flag stays set
     */
    public HeldLock acquire() {
        return acquire(Waits.FOREVER).orElseThrow();
    }

    /**
     * Waits for the locks.
     *
     * @param timeout the longest to wait; {@link Duration#ZERO} tries once
     * @return empty if others had them all that time
     * @throws InterruptedWaitException if the thread is interrupted; its flag stays set
     * @throws AccessDeniedException if we may not write to the lock file, or there is no such folder
     * @throws MechanismException if the file system has no such locks, or the lock file is a link
     */
    public Optional<HeldLock> acquire(Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        if (!LibC.LIBRARY.reasonWhyNot().isEmpty()) {
            throw new TransportUnavailableException("lock " + path + ": " + LibC.LIBRARY.reasonWhyNot());
        }
        try {
            Turns turn = Turns.take(realPath(), deadline);
            return turn == null ? Optional.empty() : Optional.ofNullable(acquire(turn, deadline));
        } catch (IOException refused) {
            throw refused(refused);
        }
    }

    /** Returns the one real name of the lock file. */
    Path realPath() throws IOException {
        Path absolute = path.toAbsolutePath();
        return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    }

    private HeldLock acquire(Turns turn, Deadline deadline) throws IOException {
        LockFile locked = null;
        boolean signing = false;
        try {
            locked = lock(deadline);
            if (locked == null) {
                return null;
            }
            Files.writeString(ownerFile(), LockOwner.thisProcess().toText());
            signing = true;
            return new HeldLock(path, locked, locked, Optional.of(ownerFile()), turn);
        } finally {
            if (!signing) {
                try {
                    if (locked != null) {
                        locked.close();
                    }
                } finally {
                    turn.end();
                }
            }
        }
    }

    /** Returns the file with both locks taken, null if others had them until the deadline. */
    private LockFile lock(Deadline deadline) throws IOException {
        while (true) {
            LockFile file = LockFile.open(path);
            boolean kept = false;
            try {
                if (!lock(file, deadline)) {
                    return null;
                }
                // Some remove the file when they release it: then these are locks on a file that nobody will find.
                kept = file.isAtItsPath();
                if (kept) {
                    return file;
                }
            } finally {
                if (!kept) {
                    file.close();
                }
            }
        }
    }

    /** Takes both locks; false if others had them until the deadline, and then one may be taken. */
    boolean lock(LockFile file, Deadline deadline) throws IOException {
        return await(() -> file.tryFlock(LockFile.Mode.EXCLUSIVE), deadline) && await(file::tryRange, deadline);
    }

    /** Takes a lock without waiting. */
    @FunctionalInterface
    private interface Attempt {
        boolean succeeds() throws IOException;
    }

    /** Tries until the deadline. The kernel's own wait has no deadline, and no interrupt ends it. */
    private boolean await(Attempt attempt, Deadline deadline) throws IOException {
        long pause = FIRST_PAUSE_NANOS;
        while (!attempt.succeeds()) {
            long left = deadline.remainingNanos();
            if (left == 0) {
                return false;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedWaitException("lock " + path + ": interrupted while waiting");
            }
            LockSupport.parkNanos(Math.min(pause, left));
            pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        }
        return true;
    }

    /** Returns who has signed for the locks last and not released them; empty if nobody, or a tool that does not sign. */
    public Optional<LockOwner> owner() {
        try {
            return LockOwner.parse(Files.readString(ownerFile()));
        } catch (NoSuchFileException nobody) {
            return Optional.empty();
        } catch (IOException refused) {
            throw refused(refused);
        }
    }

    private Path ownerFile() {
        return path.resolveSibling(path.getFileName() + ".owner");
    }

    /**
     * Removes the lock file if nobody holds the locks or waits for them. Someone who waits would get a lock on a file that
     * nobody else will find, unless he looks again as we do.
     *
     * @return false if it was left, because it is in use
     */
    public boolean remove() {
        if (!Files.exists(path)) {
            return true;
        }
        Optional<HeldLock> held = acquire(Duration.ZERO);
        if (held.isEmpty()) {
            return false;
        }
        try (HeldLock lock = held.get()) {
            boolean awaited = isAwaited(lock.inode());
            if (!awaited) {
                lock.removeFile();
            }
            return !awaited;
        } catch (IOException refused) {
            throw refused(refused);
        }
    }

    /** Returns true if the system lists somebody who waits for a lock on the file with this number. */
    static boolean isAwaited(long inode) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(KNOWN_LOCKS)) {
            return lines.lines()
                    .map(LOCK::matcher)
                    .filter(Matcher::matches)
                    .anyMatch(lock -> lock.group(1) != null && Long.parseLong(lock.group(2)) == inode);
        }
    }

    /** Returns what to throw when the system refuses something that was tried with the lock file. */
    RuntimeException refused(IOException refused) {
        if (refused instanceof java.nio.file.AccessDeniedException) {
            return new AccessDeniedException(
                    "lock " + path
                            + ": permission denied; this user has to be able to write the lock file and its folder",
                    refused);
        }
        if (refused instanceof NoSuchFileException) {
            return new AccessDeniedException(
                    "lock " + path + ": there is no folder "
                            + path.toAbsolutePath().getParent(),
                    refused);
        }
        if (refused instanceof FileSystemLoopException) {
            return new MechanismException("lock " + path + ": it is a link, which is not followed", refused);
        }
        return new MechanismException("lock " + path + ": " + refused.getMessage(), refused);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileLocks that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return "FileLocks[" + path + "]";
    }
}
