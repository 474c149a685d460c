package org.ipckit.redis;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Pauses between tries to reach a server that is gone: short at first, then longer, up to a second. */
final class Backoff {

    private static final long FIRST_NANOS = 10_000_000;
    private static final long LONGEST_NANOS = 1_000_000_000;

    private final BooleanSupplier over;
    private long nanos = FIRST_NANOS;

    /** @param over asked whether to give up; whoever makes it true unparks the thread */
    Backoff(BooleanSupplier over) {
        this.over = over;
    }

    /** Pauses; returns false if it is time to give up. */
    boolean pause() {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0 && !over.getAsBoolean()) {
            LockSupport.parkNanos(left);
            left = end - System.nanoTime();
        }
        nanos = Math.min(nanos * 2, LONGEST_NANOS);
        return !over.getAsBoolean();
    }
}
