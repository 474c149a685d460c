package org.ipckit.transport.spi;

import java.io.Closeable;

/** Lets one thread sleep in the kernel until something may have happened. */
public interface Sleeper extends Closeable {

    /** Long enough to catch an answer that is on its way, short enough not to be missed by others. */
    long LOOK_NANOS = 20_000;

    /** Returns how long to look before the first sleep of a wait. */
    default long lookNanos() {
        return LOOK_NANOS;
    }

    /**
     * Returns how many times to look between two looks at the clock, 1 or more. Unless said otherwise few: a look that is a
     * call of the system takes about a microsecond.
     */
    default int looksPerClock() {
        return 8;
    }

    /**
     * Sleeps until there may be something to do, {@link #wake} is called, the thread is interrupted or the time is
     * over. May return early for no reason.
     *
     * @param nanos the longest to sleep; {@link Long#MAX_VALUE} is for ever
     */
    void sleep(long nanos);

    /** Ends the current or the next sleep; any thread. */
    void wake();

    /** Gives back what sleeping needs; ends the current sleep. */
    @Override
    void close();
}
