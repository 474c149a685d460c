package org.ipckit.transport.spi;

/**
 * A sleep until something may have changed, and not longer than nobody may report it. One thread sleeps and shortens, any
 * thread wakes it.
 */
public final class Nap implements Sleeper {

    private final ThreadSleeper sleeper = new ThreadSleeper();
    private final long longestNanos;
    private long nextNanos = Long.MAX_VALUE;

    /** Makes one that never sleeps longer than that at a time; {@link Long#MAX_VALUE} if all changes are reported. */
    public Nap(long longestNanos) {
        this.longestNanos = longestNanos;
    }

    /** Makes the next sleep end soon: there is something to wait for that nobody reports. */
    public void shorten(long nanos) {
        nextNanos = nanos;
    }

    @Override
    public void sleep(long nanos) {
        long longest = Math.min(longestNanos, nextNanos);
        nextNanos = Long.MAX_VALUE;
        sleeper.sleep(Math.min(nanos, longest));
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
