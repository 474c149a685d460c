package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.spi.Deadline;

/**
 * The locks on one lock file for somebody who takes them again and again. The file stays open between: to open and close
 * it takes longer than to lock it. Unlike the locks of a process these belong to the descriptor, so it can be kept; and
 * each time it is made sure that it still is the file that others find.
 *
 * <p>One thread at a time uses it, and nobody while the lock is held.
 */
final class RepeatedLock implements Closeable {

    private final FileLocks locks;
    private Path realPath;
    private LockFile file;

    RepeatedLock(FileLocks locks) {
        this.locks = locks;
    }

    /** Waits for the locks as {@link FileLocks#acquire(Duration)} does. */
    Optional<HeldLock> acquire(Duration timeout) {
        Deadline deadline = Deadline.after(timeout);
        try {
            if (realPath == null) {
                realPath = locks.realPath();
            }
            Turns turn = Turns.take(realPath, deadline);
            return turn == null ? Optional.empty() : acquire(turn, deadline);
        } catch (IOException refused) {
            throw locks.refused(refused);
        }
    }

    private Optional<HeldLock> acquire(Turns turn, Deadline deadline) throws IOException {
        boolean held = false;
        try {
            held = lock(deadline);
            return held
                    ? Optional.of(new HeldLock(locks.path(), file, file::unlock, Optional.empty(), turn))
                    : Optional.empty();
        } finally {
            if (!held) {
                turn.end();
            }
        }
    }

    private boolean lock(Deadline deadline) throws IOException {
        while (true) {
            if (file == null) {
                file = LockFile.open(locks.path());
            }
            boolean locked = false;
            boolean found = false;
            try {
                locked = locks.lock(file, deadline);
                found = locked && file.isAtItsPath();
            } finally {
                if (!found) {
                    close();
                }
            }
            if (found || !locked) {
                return found;
            }
        }
    }

    @Override
    public void close() throws IOException {
        LockFile open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
