package org.ipckit.transport;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.spi.Deadline;

/** Lets the threads of one direction through one at a time, in the order they came. */
final class Turns {

    private final Semaphore turn = new Semaphore(1, true);
    private volatile Thread holder;
    private volatile boolean ended;

    /**
     * Waits for the turn of the current thread.
     *
     * @return false if it did not come in that time
     * @throws ConnectionClosedException by THIS_SIDE, once it has ended
     * @throws InterruptedWaitException if the thread is interrupted; its flag stays set
     * @throws IllegalStateException if the thread has the turn already
     */
    boolean await(String operation, Address address, Deadline deadline) {
        if (holder == Thread.currentThread()) {
            throw new IllegalStateException(operation + " " + address
                    + ": not possible inside a handler or while this thread has a claim open");
        }
        if (!acquired(operation, address, deadline)) {
            return false;
        }
        if (ended) {
            // On to the next who waits.
            turn.release();
            throw new ConnectionClosedException(By.THIS_SIDE, operation + " " + address + ": this side has closed");
        }
        holder = Thread.currentThread();
        return true;
    }

    private boolean acquired(String operation, Address address, Deadline deadline) {
        long nanos = deadline.remainingNanos();
        if (nanos == 0) {
            // Only with nobody before it: tryAcquire would not wait in line.
            return !turn.hasQueuedThreads() && turn.tryAcquire();
        }
        try {
            return turn.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedWaitException(operation + " " + address + ": interrupted while waiting", interrupted);
        }
    }

    /** Lets the next one through; the turn may have been taken by another thread. */
    void pass() {
        holder = null;
        turn.release();
    }

    /** Wakes who waits; from now on nobody gets a turn. */
    void end() {
        ended = true;
        turn.release();
    }
}
