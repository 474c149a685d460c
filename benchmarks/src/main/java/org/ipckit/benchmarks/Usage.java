package org.ipckit.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What was used up to a moment.
 *
 * @param cpuNanos user and system time of this process
 * @param allocatedBytes allocated by the calling thread; -1 if this JVM does not tell
 */
record Usage(long cpuNanos, long allocatedBytes) {

    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Returns what this process and thread have used so far. */
    static Usage now() {
        boolean told = THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled();
        return new Usage(
                processCpuNanos(),
                told ? THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) : -1);
    }

    /** Returns what was used between an earlier moment and this one. */
    Usage since(Usage earlier) {
        return new Usage(
                cpuNanos - earlier.cpuNanos, allocatedBytes < 0 ? -1 : allocatedBytes - earlier.allocatedBytes);
    }

    private static long processCpuNanos() {
        if (LibC.isAvailable()) {
            long[] time = new long[2];
            if (LibC.LIBRARY.calls().clock_gettime(CLOCK_PROCESS_CPUTIME_ID, time) == 0) {
                return time[0] * 1_000_000_000L + time[1];
            }
        }
        // Counts in ticks of 10 ms on Linux, too coarse for a short measurement, but better than nothing.
        return SYSTEM.getProcessCpuTime();
    }
}
