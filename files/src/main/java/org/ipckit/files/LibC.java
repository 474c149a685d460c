package org.ipckit.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Variadic;

/**
 * The few calls of the C library that locks need and the JDK does not make: above all flock, and locks that belong to a
 * descriptor instead of the process. Loaded by the first use.
 */
final class LibC {

    /** What is called. Public because the class that is generated from it lives elsewhere. */
    public interface Calls {
        @Variadic(fixedCount = 2)
        int open(String path, int flags, int mode);

        int close(int descriptor);

        int flock(int descriptor, int operation);

        @Variadic(fixedCount = 2)
        int fcntl(int descriptor, int command, @In ByteBuffer argument);
    }

    private LibC() {}

    /** Returns why the calls cannot be made here; empty if they can. */
    static String reasonWhyNot() {
        return Loaded.REASON_WHY_NOT;
    }

    static Calls calls() {
        if (Loaded.CALLS == null) {
            throw new IllegalStateException(Loaded.REASON_WHY_NOT);
        }
        return Loaded.CALLS;
    }

    /** Returns true if the last call of this thread failed because somebody else holds the lock. */
    static boolean isHeldByAnother() {
        Errno error = errno();
        // Which of the two it is differs between the calls and the file systems.
        return error == Errno.EAGAIN || error == Errno.EACCES;
    }

    private static Errno errno() {
        return Errno.valueOf(LastError.getLastError(Loaded.RUNTIME));
    }

    /** Returns the error of the last call of this thread, as the JDK would have thrown it. */
    static IOException failure(String call, Object where) {
        Errno name = errno();
        return switch (name) {
            case ENOENT -> new NoSuchFileException(where.toString());
            case EACCES, EPERM -> new AccessDeniedException(where.toString(), null, call + ": " + name.description());
            case ELOOP -> new FileSystemLoopException(where.toString());
            default -> new IOException(call + " of " + where + ": " + name.description() + " (" + name.name() + ")");
        };
    }

    private static final class Loaded {

        static final Calls CALLS;
        static final jnr.ffi.Runtime RUNTIME;
        static final String REASON_WHY_NOT;

        static {
            Calls calls = null;
            jnr.ffi.Runtime runtime = null;
            String reason = "";
            if (Platform.getNativePlatform().getOS() != Platform.OS.LINUX) {
                reason = "locks that belong to a descriptor are Linux's, and this is "
                        + Platform.getNativePlatform().getOS();
            } else {
                try {
                    Calls loaded = LibraryLoader.create(Calls.class).load("c");
                    // What load returns may throw its failure only when it is used.
                    runtime = jnr.ffi.Runtime.getRuntime(loaded);
                    calls = loaded;
                } catch (LinkageError | RuntimeException missing) {
                    reason = "the native part of jnr-ffi does not load here: " + missing;
                }
            }
            CALLS = calls;
            RUNTIME = runtime;
            REASON_WHY_NOT = reason;
        }
    }
}
