package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.transport.MechanismException;

/**
 * A lock that is held until it is closed. The kernel gives it back when the process ends, however that happens.
 *
 * <p>Any thread may call any method.
 */
public final class HeldLock implements AutoCloseable {

    private final Path path;
    private final LockFile file;
    private final Closeable release;
    private final Optional<Path> ownerFile;
    private final Turns turn;
    private boolean closed;

    /**
     * Takes over the locks of the file, and the turn.
     *
     * @param release gives the locks back
     */
    HeldLock(Path path, LockFile file, Closeable release, Optional<Path> ownerFile, Turns turn) {
        this.path = path;
        this.file = file;
        this.release = release;
        this.ownerFile = ownerFile;
        this.turn = turn;
    }

    /**
     * Returns false if the lock is closed, or was lost: somebody has removed or replaced the lock file, and whoever comes
     * now locks another one.
     */
    public synchronized boolean isHeld() {
        try {
            return !closed && file.isAtItsPath();
        } catch (IOException refused) {
            throw new MechanismException("lock " + path + ": " + refused.getMessage(), refused);
        }
    }

    /**
     * Goes on only if the lock is held; to be called before what was done under the lock is made final.
     *
     * @throws MechanismException if it was lost
     */
    public synchronized void requireHeld() {
        if (!isHeld()) {
            throw new MechanismException("lock " + path + ": "
                    + (closed
                            ? "it is closed"
                            : "it was lost: somebody has removed or replaced the lock file while it was held"));
        }
    }

    /** Releases the lock; the lock file stays. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (ownerFile.isPresent() && file.isAtItsPath()) {
                Files.deleteIfExists(ownerFile.get());
            }
        } catch (IOException refused) {
            throw new MechanismException("release " + path + ": " + refused.getMessage(), refused);
        } finally {
            release();
        }
    }

    private void release() {
        try {
            release.close();
        } catch (IOException refused) {
            throw new MechanismException("release " + path + ": " + refused.getMessage(), refused);
        } finally {
            turn.end();
        }
    }

    /** Removes the lock file while it is held, so that what is released then is no longer anybody's. */
    synchronized void removeFile() throws IOException {
        if (!closed && file.isAtItsPath()) {
            Files.delete(path);
            if (ownerFile.isPresent()) {
                Files.deleteIfExists(ownerFile.get());
            }
        }
    }

    /** Returns the number of the file, by which the system lists its locks. */
    long inode() throws IOException {
        return file.inode();
    }

    @Override
    public String toString() {
        return "HeldLock[" + path + "]";
    }
}
