package org.ipckit.benchmarks;

import java.util.Optional;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;

/** The few calls of the C library that the JDK has no method for; loaded when first asked for. */
final class LibC {

    /** What is called; public because the binding is a class elsewhere. */
    public interface Calls {
        /** Binds the calling thread, if the first argument is 0, to the processors of the mask. */
        int sched_setaffinity(int thread, long maskBytes, @In byte[] mask);

        /** Reads a clock into seconds and nanoseconds. */
        int clock_gettime(int clock, @Out long[] time);

        /** Makes a FIFO. */
        int mkfifo(@In String path, int mode);
    }

    private static final LibC INSTANCE = load();

    private final Calls calls;
    private final String reason;

    private LibC(Calls calls, String reason) {
        this.calls = calls;
        this.reason = reason;
    }

    private static LibC load() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return new LibC(null, "only known on Linux");
        }
        try {
            return new LibC(LibraryLoader.create(Calls.class).failImmediately().load("c"), "");
        } catch (LinkageError | RuntimeException noNatives) {
            return new LibC(null, "the C library cannot be called: " + noNatives);
        }
    }

    /** Returns the calls, if they can be made here. */
    static Optional<Calls> calls() {
        return Optional.ofNullable(INSTANCE.calls);
    }

    /** Returns why there are no calls. */
    static String reason() {
        return INSTANCE.reason;
    }

    /** Returns the error number of this thread's last call; only meaningful where there are calls. */
    static int errno() {
        return Runtime.getRuntime(INSTANCE.calls).getLastError();
    }
}
