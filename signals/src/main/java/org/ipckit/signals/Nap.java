package org.ipckit.signals;

import org.ipckit.transport.spi.Sleeper;
import org.ipckit.transport.spi.ThreadSleeper;

/** Sleeps until it is woken, or shorter if nobody will wake it. One thread sleeps, any thread wakes it. */
final class Nap implements Sleeper {

    private final ThreadSleeper sleeper = new ThreadSleeper();
    private long mostNanos = Long.MAX_VALUE;

    /** Makes the next sleep at most this long; the thread that sleeps. */
    void shorten(long nanos) {
        mostNanos = nanos;
    }

    @Override
    public void sleep(long nanos) {
        long atMost = Math.min(nanos, mostNanos);
        mostNanos = Long.MAX_VALUE;
        sleeper.sleep(atMost);
    }

    @Override
    public void wake() {
        sleeper.wake();
    }

    @Override
    public void close() {
        sleeper.close();
    }
}
