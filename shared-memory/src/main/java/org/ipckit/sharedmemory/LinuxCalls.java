package org.ipckit.sharedmemory;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import jnr.ffi.annotations.Variadic;
import org.ipckit.natives.CLibrary;

/**
 * The few calls of Linux that shared memory needs and the JDK does not make. Loaded by the first use; where they cannot
 * be made, they say why and everything else works without them.
 */
final class LinuxCalls {

    /** What is called. Public because the class that is generated from it lives elsewhere. */
    public interface Calls {
        // With six numbers jnr-ffi on x86_64 would lose the last one: a call of seven keeps them all.
        @Variadic(fixedCount = 1)
        long syscall(long number, long a, long b, long c, long d, long e, long f);
    }

    /** The numbers of the calls, which differ between processors. */
    private record Numbers(long futex, long membarrier, long mmap) {}

    private static final Map<String, Numbers> NUMBERS =
            Map.of("amd64", new Numbers(202, 324, 9), "aarch64", new Numbers(98, 283, 222));

    private static final long FUTEX_WAIT = 0;
    private static final long FUTEX_WAKE = 1;
    private static final long FUTEX_WAKE_OP = 5;

    /** For the last argument of FUTEX_WAKE_OP: FUTEX_OP_SET to 0, compared with nothing of interest. */
    private static final long SET_TO_ZERO = 0;

    private static final long GLOBAL_EXPEDITED = 1 << 1;
    private static final long REGISTER_GLOBAL_EXPEDITED = 1 << 2;
    private static final long PROT_READ_WRITE = 1 | 2;

    /** MAP_PRIVATE, MAP_FIXED, MAP_ANONYMOUS, MAP_NORESERVE. */
    private static final long PRIVATE_ZEROS_THERE = 0x02 | 0x10 | 0x20 | 0x4000;

    private static final long NO_FILE = -1;

    private static final Numbers HERE = NUMBERS.get(System.getProperty("os.arch"));
    private static final CLibrary<Calls> LIBRARY = CLibrary.load(Calls.class, "futexes");
    private static final String REASON_WHY_NOT = HERE == null
            ? "futexes are used here on amd64 and aarch64, and this is " + System.getProperty("os.arch")
            : LIBRARY.reasonWhyNot();
    private static final boolean BARRIERS = hasFutex() && syscall(HERE.membarrier, REGISTER_GLOBAL_EXPEDITED) == 0;

    private LinuxCalls() {}

    /** Returns why the calls cannot be made here; empty if they can. */
    static String reasonWhyNot() {
        return REASON_WHY_NOT;
    }

    /** Returns true if futexes can be used. */
    static boolean hasFutex() {
        return REASON_WHY_NOT.isEmpty();
    }

    /** Returns true if {@link #barrier} can be used, and this process is within reach of the others' barriers. */
    static boolean hasBarrier() {
        return BARRIERS;
    }

    /** Sleeps while the int in direct memory has this value, not longer than that; it may end early for no reason. */
    static void awaitChange(ByteBuffer memory, int offset, int value, ByteBuffer timespec, long nanos) {
        timespec.order(ByteOrder.nativeOrder());
        timespec.putLong(0, TimeUnit.NANOSECONDS.toSeconds(nanos));
        timespec.putLong(Long.BYTES, nanos % TimeUnit.SECONDS.toNanos(1));
        try {
            futex(FUTEX_WAIT, memory, offset, value, CLibrary.addressOf(timespec));
        } finally {
            Reference.reachabilityFence(timespec);
        }
    }

    /** Wakes one thread, of any process, that sleeps on this int. */
    static void wake(ByteBuffer memory, int offset) {
        futex(FUTEX_WAKE, memory, offset, 1, 0);
    }

    /**
     * Sets this int to 0 and wakes one thread, of any process, that sleeps on it. The kernel writes it, so that memory
     * which is no longer there is nothing; a compare-and-set by the JVM would be the end of the process.
     */
    static void clearAndWake(ByteBuffer memory, int offset) {
        futex(FUTEX_WAKE_OP, memory, offset, 1, 0);
    }

    private static void futex(long operation, ByteBuffer memory, int offset, long value, long timespec) {
        try {
            long word = CLibrary.addressOf(memory) + offset;
            // The last two are only read for FUTEX_WAKE_OP.
            LIBRARY.calls().syscall(HERE.futex, word, operation, value, timespec, word, SET_TO_ZERO);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /**
     * Makes every thread of every process that has registered, as this one has, see what was written here before, and
     * this thread see what they have.
     */
    static void barrier() {
        syscall(HERE.membarrier, GLOBAL_EXPEDITED);
    }

    /**
     * Puts private zeros in the place of mapped memory, in one step; the mapping's own end finds and removes them.
     *
     * @return false if the system refuses, and then all is as before
     */
    static boolean replaceByZeros(ByteBuffer mapping) {
        try {
            long address = CLibrary.addressOf(mapping);
            return address
                    == LIBRARY.calls()
                            .syscall(
                                    HERE.mmap,
                                    address,
                                    mapping.capacity(),
                                    PROT_READ_WRITE,
                                    PRIVATE_ZEROS_THERE,
                                    NO_FILE,
                                    0);
        } finally {
            Reference.reachabilityFence(mapping);
        }
    }

    private static long syscall(long number, long argument) {
        return LIBRARY.calls().syscall(number, argument, 0, 0, 0, 0, 0);
    }
}
