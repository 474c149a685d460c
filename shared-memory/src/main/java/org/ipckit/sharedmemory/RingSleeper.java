package org.ipckit.sharedmemory;

import java.util.concurrent.TimeUnit;
import org.ipckit.transport.spi.Sleeper;
import org.ipckit.transport.spi.ThreadSleeper;
import org.ipckit.transport.spi.VirtualThreads;

/**
 * Sleeps at one side of a ring until the other side rings: on a futex in the shared memory or, where there is none and on
 * a virtual thread, whose carrier must not be held, until the lease's socket wakes it.
 */
final class RingSleeper implements Sleeper {

    /** One direction of a connection, for which a thread sleeps. */
    interface Half {
        /** Looks once, without taking anything; also true when looking fails. */
        boolean ready();

        /** Remembers that the memory is no longer there, for the next look. */
        void cutShort(InternalError fault);
    }

    /** A futex ends no sleep for an interrupt, and a peer that does not keep the order may fail to ring. */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** From the call that wakes a thread until it runs: 5 us on a good day, 30 us in a virtual machine. */
    private static final long WAKE_UP_NANOS = 40_000;

    private final WaitWord word;
    private final boolean futex;
    private final boolean barrier;
    private final Half half;
    private final Bell peer;
    private int wakesSeen;
    private final ThreadSleeper doorbell = new ThreadSleeper();
    private volatile boolean woken;

    /**
     * Makes a sleeper of this side.
     *
     * @param word where it says how it sleeps
     * @param futex true if both sides can use one
     * @param barrier true if this side can make a barrier for both
     * @param half what it is to sleep for
     * @param peer wakes who reads what this side sends
     */
    RingSleeper(WaitWord word, boolean futex, boolean barrier, Half half, Bell peer) {
        this.word = word;
        this.futex = futex;
        this.barrier = barrier;
        this.half = half;
        this.peer = peer;
    }

    /** A peer that had to be woken answers that much later. If this side slept meanwhile, both would do so for ever. */
    @Override
    public long lookNanos() {
        int wakes = peer.wakes();
        if (wakes == wakesSeen) {
            return LOOK_NANOS;
        }
        wakesSeen = wakes;
        return LOOK_NANOS + WAKE_UP_NANOS;
    }

    /** A look into memory takes some nanoseconds, two at the clock fifty. */
    @Override
    public int looksPerClock() {
        return 256;
    }

    @Override
    public void sleep(long nanos) {
        try {
            sleepUnlessReady(nanos);
        } catch (InternalError cutShort) {
            // The JVM tells of a fault only once, and often not before the thread next comes back from a native call.
            half.cutShort(cutShort);
        }
    }

    private void sleepUnlessReady(long nanos) {
        boolean onFutex = futex && !VirtualThreads.isCurrent();
        word.announce(onFutex ? WaitWord.ON_FUTEX : WaitWord.AT_DOORBELL, barrier);
        if (!woken && !half.ready()) {
            long slice = Math.min(nanos, LONGEST_NANOS);
            if (onFutex) {
                word.sleep(slice);
            } else {
                doorbell.sleep(slice);
            }
        }
        word.say(WaitWord.AWAKE);
        woken = false;
    }

    @Override
    public void wake() {
        woken = true;
        doorbell.wake();
        if (futex) {
            word.wake();
        }
    }

    /** Leaves the memory alone, which may be the peer's to spoil: who sleeps there looks again soon. */
    @Override
    public void close() {
        woken = true;
        doorbell.close();
    }
}
