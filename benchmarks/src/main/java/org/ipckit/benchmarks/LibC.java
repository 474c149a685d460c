package org.ipckit.benchmarks;

import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import org.ipckit.natives.CLibrary;

/** The few calls of the C library that the JDK has no method for; loaded when first asked for. */
final class LibC {

    static final CLibrary<Calls> LIBRARY = CLibrary.load(Calls.class, "the C library's calls");

    /** What is called; public because the binding is a class elsewhere. */
    public interface Calls {
        /** Binds the calling thread, if the first argument is 0, to the processors of the mask. */
        int sched_setaffinity(int thread, long maskBytes, @In byte[] mask);

        /** Reads a clock into seconds and nanoseconds. */
        int clock_gettime(int clock, @Out long[] time);

        /** Makes a FIFO. */
        int mkfifo(@In String path, int mode);
    }

    private LibC() {}

    /** Returns true if they can be called here. */
    static boolean isAvailable() {
        return LIBRARY.reasonWhyNot().isEmpty();
    }
}
