package org.ipckit.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.Quantity.Better;

/**
 * Calls at times that are fixed beforehand, one every so often, as requests come that do not wait for each other. The time
 * of a call counts from when it should have begun: a stall is seen by every call that it delays, not only by the one that
 * it caught, which is what a loop that begins each call when the one before has ended would tell (coordinated omission).
 * One call is under way at a time.
 */
final class OpenLoop {

    /** What is called; the number counts from 1. */
    interface Call {
        void make(long number) throws IOException;
    }

    /** Longer than this many times the time it was to take it does not go on. */
    private static final int OVERRUN = 2;

    private final LongSupplier clock;
    private final double intervalNanos;
    private final Histogram times = Latency.emptyHistogram();
    private long made;
    private long notMade;
    private long elapsed;

    /**
     * Makes a loop.
     *
     * @param clock in nanoseconds, from any moment
     */
    OpenLoop(LongSupplier clock, double perSecond) {
        this.clock = clock;
        this.intervalNanos = 1e9 / perSecond;
    }

    /**
     * Makes the calls of so long. When they take more than twice that, the rate cannot be held: the calls that are left
     * are not made, and count as if each had ended then, which is the least they would have taken.
     */
    void run(long nanos, Call call) throws IOException {
        long all = Math.max(1, Math.round(nanos / intervalNanos));
        long start = clock.getAsLong();
        long now = start;
        while (made < all && now - start < OVERRUN * nanos) {
            long intended = start + Math.round(made * intervalNanos);
            while (now - intended < 0) {
                now = clock.getAsLong();
            }
            call.make(++made);
            now = clock.getAsLong();
            record(now - intended);
        }
        notMade = all - made;
        for (long number = made; number < all; number++) {
            record(Math.max(0, now - (start + Math.round(number * intervalNanos))));
        }
        elapsed = now - start;
    }

    /** Returns what a figure of an open loop tells besides its times. */
    static List<Quantity> quantities(double perSecond, long notMade) {
        return List.of(
                new Quantity("rate", "1/s", Better.NEITHER, perSecond),
                new Quantity("notSent", "messages", Better.LESS, notMade));
    }

    private void record(long nanos) {
        times.recordValue(Math.min(nanos, Latency.LONGEST_NANOS));
    }

    /** Returns the times of all calls, from when each should have begun. */
    Histogram times() {
        return times;
    }

    long made() {
        return made;
    }

    /** Returns how many calls were due and not made. */
    long notMade() {
        return notMade;
    }

    long elapsedNanos() {
        return elapsed;
    }
}
