package org.ipckit.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** A wait of the measuring thread in which it does nothing. */
final class Pause {

    private Pause() {}

    /** Returns after so long, and not before. */
    static void of(long nanos) {
        long start = System.nanoTime();
        for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - start)) {
            LockSupport.parkNanos(left);
        }
    }
}
