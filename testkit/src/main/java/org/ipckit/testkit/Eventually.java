package org.ipckit.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits in a test for something that happens in its own time. */
public final class Eventually {

    private static final long PAUSE_NANOS = 1_000_000;

    private Eventually() {}

    /** Waits until the condition holds and fails if it does not within {@link #patience()}. */
    public static void eventually(String what, BooleanSupplier condition) {
        eventually(() -> what, condition);
    }

    /** As above; the text is asked for when the time is over, and can say how far it came. */
    public static void eventually(Supplier<String> what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > patience().toNanos()) {
                throw new AssertionError("not within " + patience().toSeconds() + " s: " + what.get());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /**
     * Returns how long a test waits for what ought to happen soon: 20 seconds, or what the system property
     * {@code ipckit.patience} says. Long, because a busy machine is not a broken transport.
     */
    public static Duration patience() {
        return Duration.ofSeconds(Long.getLong("ipckit.patience", 20));
    }
}
