package org.ipckit.pipes;

import java.nio.ByteBuffer;
import jnr.constants.platform.Errno;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.annotations.Variadic;
import org.ipckit.natives.CLibrary;

/** The few calls of the C library that FIFOs need and the JDK does not make: above all an open that does not wait. */
final class LibC {

    static final CLibrary<Calls> LIBRARY = CLibrary.load(Calls.class, "FIFOs");

    static final int EINTR = Errno.EINTR.intValue();
    static final int ENXIO = Errno.ENXIO.intValue();

    /** What is called. Public because the class that is generated from it lives elsewhere. */
    public interface Calls {
        int mkfifo(String path, int mode);

        @Variadic(fixedCount = 2)
        int open(String path, int flags, int mode);

        int poll(@In @Out ByteBuffer descriptors, long count, int timeoutMillis);

        @Variadic(fixedCount = 2)
        int fcntl(int descriptor, int command, int argument);
    }

    private LibC() {}
}
