package org.ipckit.transport.spi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.LongSupplier;
import org.ipckit.transport.Address;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Waits;

/** The end of a wait on the monotonic clock. An immutable value. */
public final class Deadline {

    /** Never comes. */
    public static final Deadline NEVER = new Deadline(() -> 0, 0, false);

    /** Is over. */
    public static final Deadline OVER = new Deadline(() -> 0, 0, true);

    private static final long FOREVER_NANOS = Long.MAX_VALUE / 2;

    private final LongSupplier clock;
    private final long atNanos;
    private final boolean comes;

    private Deadline(LongSupplier clock, long atNanos, boolean comes) {
        this.clock = clock;
        this.atNanos = atNanos;
        this.comes = comes;
    }

    /**
     * Returns the deadline of a wait that begins now.
     *
     * @throws IllegalArgumentException if the time-out is negative
     */
    public static Deadline after(Duration timeout) {
        return after(timeout, System::nanoTime);
    }

    /** Returns the deadline of a wait that begins now by this clock, in nanoseconds. */
    public static Deadline after(Duration timeout, LongSupplier clock) {
        long nanos = nanos(timeout);
        if (nanos == 0) {
            return OVER;
        }
        return nanos >= FOREVER_NANOS ? NEVER : new Deadline(clock, clock.getAsLong() + nanos, true);
    }

    /**
     * Returns a time-out in nanoseconds; what is too long for that is {@link Long#MAX_VALUE}.
     *
     * @throws IllegalArgumentException if the time-out is negative
     */
    @SuppressWarnings("ReferenceEquality") // The two that most calls have are known without a calculation.
    public static long nanos(Duration timeout) {
        if (timeout == Waits.FOREVER) {
            return Long.MAX_VALUE;
        }
        if (timeout == Duration.ZERO) {
            return 0;
        }
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("time-out " + timeout
                    + " is negative: use Duration.ZERO to look once, Waits.FOREVER to wait for ever");
        }
        return timeout.toSeconds() >= FOREVER_NANOS / 1_000_000_000L ? Long.MAX_VALUE : timeout.toNanos();
    }

    /** Returns true when the time is over. */
    public boolean expired() {
        return remainingNanos() == 0;
    }

    /** Returns the time left in nanoseconds, 0 when it is over, {@link Long#MAX_VALUE} if it never is. */
    public long remainingNanos() {
        return comes ? Math.max(0, atNanos - clock.getAsLong()) : Long.MAX_VALUE;
    }

    /** Returns the time left. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** Returns the earlier of this deadline and one so far from now. */
    public Deadline orWithin(Duration atMost) {
        return remainingNanos() <= nanos(atMost) ? this : after(atMost, comes ? clock : System::nanoTime);
    }

    /**
     * Takes the lock within the time left; a deadline that is over tries once.
     *
     * @return false if the lock was not free in that time
     * @throws InterruptedWaitException if the thread is interrupted; its flag stays set
     */
    public boolean lock(Lock lock, String operation, Address address) {
        long nanos = remainingNanos();
        if (nanos == 0) {
            return lock.tryLock();
        }
        try {
            return lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedWaitException(operation + " " + address + ": interrupted while waiting", interrupted);
        }
    }
}
