package org.ipckit.files;

import java.nio.ByteBuffer;
import jnr.constants.platform.Errno;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Variadic;
import org.ipckit.natives.CLibrary;

/**
 * The few calls of the C library that the JDK does not make: above all flock, and locks that belong to a descriptor
 * instead of the process.
 */
final class LibC {

    static final CLibrary<Calls> LIBRARY = CLibrary.load(Calls.class, "locks that belong to a descriptor");

    private static final int EAGAIN = Errno.EAGAIN.intValue();
    private static final int EACCES = Errno.EACCES.intValue();

    /** What is called. Public because the class that is generated from it lives elsewhere. */
    public interface Calls {
        @Variadic(fixedCount = 2)
        int open(String path, int flags, int mode);

        int close(int descriptor);

        int flock(int descriptor, int operation);

        @Variadic(fixedCount = 2)
        int fcntl(int descriptor, int command, @In ByteBuffer argument);

        int renameat2(int fromFolder, String from, int toFolder, String to, int flags);

        int inotify_init1(int flags);

        int inotify_add_watch(int descriptor, String folder, int events);

        int inotify_rm_watch(int descriptor, int watch);

        long read(int descriptor, long into, long count);
    }

    private LibC() {}

    /** Returns true if the last call of this thread failed because somebody else holds the lock. */
    static boolean isHeldByAnother() {
        int error = LIBRARY.errno();
        // Which of the two it is differs between the calls and the file systems.
        return error == EAGAIN || error == EACCES;
    }
}
