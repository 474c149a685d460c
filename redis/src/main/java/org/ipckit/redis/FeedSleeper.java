package org.ipckit.redis;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.ipckit.transport.spi.Sleeper;
import org.ipckit.transport.spi.ThreadSleeper;

/** Sleeps until something comes over a session and, where that has ended, until there is the next one. */
final class FeedSleeper implements Sleeper {

    private final Supplier<Session> session;
    private final BooleanSupplier any;
    private final long longestNanos;
    private final ThreadSleeper untilNext = new ThreadSleeper();

    /**
     * Makes one.
     *
     * @param any asked whether there is something already
     * @param longestNanos after which to look all the same
     */
    FeedSleeper(Supplier<Session> session, BooleanSupplier any, long longestNanos) {
        this.session = session;
        this.any = any;
        this.longestNanos = longestNanos;
    }

    @Override
    public void sleep(long nanos) {
        Session current = session.get();
        if (any.getAsBoolean()) {
            return;
        }
        Sleeper sleeper = current.ended() == null ? current.untilArrival() : untilNext;
        sleeper.sleep(Math.min(nanos, longestNanos));
    }

    @Override
    public void wake() {
        untilNext.wake();
        session.get().untilArrival().wake();
    }

    @Override
    public void close() {
        untilNext.close();
    }
}
