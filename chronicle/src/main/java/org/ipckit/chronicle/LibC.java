package org.ipckit.chronicle;

import jnr.ffi.annotations.Variadic;
import org.ipckit.natives.CLibrary;

/** The one call of the C library that the JDK does not make: to give a file its room on the disk before it is written. */
final class LibC {

    static final CLibrary<Calls> LIBRARY = CLibrary.load(Calls.class, "files");

    static final int O_RDWR = 2;
    static final int O_CLOEXEC = 02000000;

    /** What is called. Public because the class that is generated from it lives elsewhere. */
    public interface Calls {
        @Variadic(fixedCount = 2)
        int open(String path, int flags, int mode);

        int close(int descriptor);

        /** Returns the error, unlike the other two. */
        int posix_fallocate(int descriptor, long offset, long sizeBytes);
    }

    private LibC() {}
}
