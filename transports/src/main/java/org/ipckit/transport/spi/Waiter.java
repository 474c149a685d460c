package org.ipckit.transport.spi;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.Address;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.WaitStrategy;

/**
 * Waits for something to become true: looks, then rests between looks as the strategy says. One direction of one
 * connection has one waiter; one thread waits at a time and any thread wakes it.
 */
@SuppressWarnings("ThreadPriorityCheck") // Yielding is one of the strategies, chosen by whoever waits.
public final class Waiter implements AutoCloseable {

    /** Something to wait for. */
    @FunctionalInterface
    public interface Look {
        /** Looks once and returns true when the wait is over; may throw to end it. */
        boolean look();
    }

    private static final long YIELD_NANOS = 100_000;
    private static final long LONGEST_PARK_NANOS = 1_000_000;
    private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

    private final WaitStrategy strategy;
    private final Sleeper sleeper;
    private final String operation;
    private final Address address;

    /** Makes a waiter whose failures say {@code operation} and {@code address}. */
    public Waiter(WaitStrategy strategy, Sleeper sleeper, String operation, Address address) {
        this.strategy = strategy;
        this.sleeper = sleeper;
        this.operation = operation;
        this.address = address;
    }

    /**
     * As {@link #await(Look, Deadline)}, for so long from now on. What is on its way already comes while a clock would be
     * read, which is therefore done later.
     */
    public boolean await(Look condition, Duration timeout) {
        return seen(condition, looks()) || await(condition, Deadline.after(timeout));
    }

    /**
     * Looks until it is true or the deadline is over; looks at least once, and once more after the deadline.
     *
     * @return false if the deadline came first
     * @throws InterruptedWaitException if the thread is interrupted; its flag stays set
     */
    public boolean await(Look condition, Deadline deadline) {
        long start = System.nanoTime();
        long spin = mayLook() ? sleeper.lookNanos() : 0;
        while (!seen(condition, looks())) {
            checkInterrupt();
            long left = deadline.remainingNanos();
            if (left == 0) {
                return condition.look();
            }
            long waited = System.nanoTime() - start;
            switch (strategy) {
                case SPIN -> {
                    if (VirtualThreads.isCurrent()) {
                        Thread.yield();
                    }
                }
                case BACKOFF -> rest(waited, left);
                case BLOCK -> {
                    if (waited >= spin) {
                        sleeper.sleep(left);
                    }
                }
            }
        }
        return true;
    }

    private int looks() {
        return mayLook() ? sleeper.looksPerClock() : 1;
    }

    /** Returns false where a thread that looks again keeps others from doing what it waits for. */
    private static boolean mayLook() {
        return !ALONE && !VirtualThreads.isCurrent();
    }

    /** Looking at the clock takes longer than looking into memory, and what comes meanwhile has to wait. */
    private static boolean seen(Look condition, int looks) {
        for (int i = 0; i < looks; i++) {
            if (condition.look()) {
                return true;
            }
        }
        return false;
    }

    /** Ends the call at once if the thread's interrupt flag is set. */
    public void checkInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedWaitException(operation + " " + address + ": interrupted while waiting");
        }
    }

    /** Makes a thread that waits look again. */
    public void wake() {
        sleeper.wake();
    }

    @Override
    public void close() {
        sleeper.close();
    }

    private static void rest(long waited, long left) {
        if (waited < Sleeper.LOOK_NANOS) {
            Thread.onSpinWait();
        } else if (waited < YIELD_NANOS) {
            Thread.yield();
        } else {
            // A tenth of what was waited already: the longer nothing came, the less a little more matters.
            LockSupport.parkNanos(Math.min(left, Math.min(LONGEST_PARK_NANOS, waited / 10)));
        }
    }
}
