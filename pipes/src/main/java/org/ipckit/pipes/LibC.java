package org.ipckit.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import jnr.constants.platform.Errno;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Platform;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.annotations.Variadic;

/**
 * The few calls of the C library that FIFOs need and the JDK does not make: above all an open that does not wait. Loaded
 * by the first use, for that takes longer than everything else here.
 */
final class LibC {

    static final int EINTR = Errno.EINTR.intValue();
    static final int EAGAIN = Errno.EAGAIN.intValue();
    static final int EPIPE = Errno.EPIPE.intValue();
    static final int ENXIO = Errno.ENXIO.intValue();

    /** What is called. Public because the class that is generated from it lives elsewhere. */
    public interface Calls {
        int mkfifo(String path, int mode);

        @Variadic(fixedCount = 2)
        int open(String path, int flags, int mode);

        int close(int descriptor);

        long read(int descriptor, @Out ByteBuffer into, long count);

        long write(int descriptor, @In ByteBuffer from, long count);

        int poll(@In @Out ByteBuffer descriptors, long count, int timeoutMillis);

        @Variadic(fixedCount = 2)
        int fcntl(int descriptor, int command, int argument);
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

    /** Returns the error of the last call of this thread. */
    static int errno() {
        return LastError.getLastError(Loaded.RUNTIME);
    }

    /** Returns the error of the last call of this thread, as the JDK would have thrown it. */
    static IOException failure(String call, Object where) {
        int number = errno();
        Errno name = Errno.valueOf(number);
        return switch (name) {
            case ENOENT -> new NoSuchFileException(where.toString());
            case EEXIST -> new FileAlreadyExistsException(where.toString());
            case EACCES, EPERM -> new AccessDeniedException(where.toString(), null, call + ": " + name.description());
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
                reason = "FIFOs are used here by Linux's rules, and this is "
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
