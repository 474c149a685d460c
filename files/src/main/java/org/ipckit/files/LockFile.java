package org.ipckit.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import jnr.constants.platform.OpenFlags;

/**
 * A lock file as one descriptor has it open, and the kernel's two kinds of locks on it; no call waits. Both kinds belong
 * to the descriptor: nothing else in this process can lose them, and the kernel gives them back when it is closed, however
 * the process ends.
 *
 * <p>flock is what Python's filelock, portalocker and the command {@code flock} take. A range lock is what {@code
 * fcntl.lockf}, fasteners and Java's {@code FileLock} take; theirs belongs to the process, ours excludes it all the same.
 */
final class LockFile implements Closeable {

    /** How a lock is shared: one who writes is alone, those who only are there are many. */
    enum Mode {
        EXCLUSIVE(2),
        SHARED(1);

        private final int flock;

        Mode(int flock) {
            this.flock = flock;
        }
    }

    private static final int FLAGS = OpenFlags.O_RDWR.intValue()
            | OpenFlags.O_CREAT.intValue()
            | OpenFlags.O_CLOEXEC.intValue()
            | OpenFlags.O_NOFOLLOW.intValue();
    private static final int PERMISSIONS = 0644;

    private static final int WITHOUT_WAITING = 4;
    private static final int UNLOCK = 8;

    private static final int F_OFD_SETLK = 37;
    private static final int STRUCT_FLOCK_BYTES = 32;
    private static final ByteBuffer WRITE_LOCK = allBytes((short) 1);
    private static final ByteBuffer NO_LOCK = allBytes((short) 2);

    private final Path path;
    private final int descriptor;

    /** Which file this is; asked when it is first needed. */
    private Object key;

    /** From byte 0, 0 long, which is to the end wherever that is; whose process it is has to be 0 for this command. */
    private static ByteBuffer allBytes(short type) {
        return ByteBuffer.allocateDirect(STRUCT_FLOCK_BYTES)
                .order(ByteOrder.nativeOrder())
                .putShort(0, type);
    }

    private LockFile(Path path, int descriptor) {
        this.path = path;
        this.descriptor = descriptor;
    }

    /** Opens the file, which is made if it is not there. It is never truncated: what others keep in it is theirs. */
    static LockFile open(Path path) throws IOException {
        int descriptor = LibC.LIBRARY.calls().open(path.toString(), FLAGS, PERMISSIONS);
        if (descriptor < 0) {
            throw LibC.LIBRARY.failure("open", path);
        }
        return new LockFile(path, descriptor);
    }

    /** Takes the flock, in this mode instead of another if it has one; false if another has it, and then this has none. */
    boolean tryFlock(Mode mode) throws IOException {
        if (LibC.LIBRARY.calls().flock(descriptor, mode.flock | WITHOUT_WAITING) == 0) {
            return true;
        }
        if (LibC.isHeldByAnother()) {
            return false;
        }
        throw LibC.LIBRARY.failure("flock", path);
    }

    /** Takes the exclusive lock on all bytes there can be; false if another has a lock on any. */
    boolean tryRange() throws IOException {
        if (LibC.LIBRARY.calls().fcntl(descriptor, F_OFD_SETLK, WRITE_LOCK) == 0) {
            return true;
        }
        if (LibC.isHeldByAnother()) {
            return false;
        }
        throw LibC.LIBRARY.failure("F_OFD_SETLK", path);
    }

    /**
     * Returns true if the path still leads to this file. Some remove the file when they release it: then this is a lock
     * that nobody else will ever meet.
     */
    boolean isAtItsPath() throws IOException {
        try {
            if (key == null) {
                key = key(itself());
            }
            return key.equals(key(path, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    private static Object key(Path path, LinkOption... links) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, links).fileKey();
    }

    /** Returns the number of the file, by which the system lists its locks. */
    long inode() throws IOException {
        return ((Number) Files.getAttribute(itself(), "unix:ino")).longValue();
    }

    /** Returns the name by which this process finds what it has open, whatever has become of the path. */
    private Path itself() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    /** Gives back the locks and keeps the file open. Not by closing: a child process may have the descriptor meanwhile. */
    void unlock() throws IOException {
        if (LibC.LIBRARY.calls().fcntl(descriptor, F_OFD_SETLK, NO_LOCK) != 0) {
            throw LibC.LIBRARY.failure("F_OFD_SETLK", path);
        }
        if (LibC.LIBRARY.calls().flock(descriptor, UNLOCK) != 0) {
            throw LibC.LIBRARY.failure("flock", path);
        }
    }

    /** Gives back the locks. */
    @Override
    public void close() throws IOException {
        if (LibC.LIBRARY.calls().close(descriptor) != 0) {
            throw LibC.LIBRARY.failure("close", path);
        }
    }
}
