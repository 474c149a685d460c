package org.ipckit.pipes;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.ChannelSleeper;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Waiter;

/**
 * The use of one end of a FIFO by several threads: one is inside at a time, the others wait for their turn, and whoever
 * closes wakes the one inside and closes when it has left. A descriptor must not be closed under a call: its number may
 * be another file's by then.
 */
final class PipeUse implements AutoCloseable {

    private static final long LOOK_AGAIN_NANOS = 20_000;

    private final Address address;
    private final String operation;
    private final int interest;
    private final ReentrantLock inside = new ReentrantLock();
    private final AtomicBoolean closing = new AtomicBoolean();
    private FifoEnd end;
    private volatile Waiter waiter;
    private volatile boolean closed;

    /** Tries without waiting; returns false if it has to be tried again when the end is ready. */
    @FunctionalInterface
    interface Attempt {
        boolean succeeds(FifoEnd end) throws IOException;
    }

    /**
     * Takes the end over.
     *
     * @param operation what failures call it
     * @param interest the operation of {@link java.nio.channels.SelectionKey} that the end has to be ready for
     */
    PipeUse(Address address, FifoEnd end, String operation, int interest) {
        this.address = address;
        this.operation = operation;
        this.interest = interest;
        this.end = end;
        this.waiter = waiter();
    }

    private Waiter waiter() {
        return new Waiter(WaitStrategy.BLOCK, new ChannelSleeper(end.channel(), interest), operation, address);
    }

    /** Waits for its turn; returns false if the deadline came first. */
    boolean enter(Deadline deadline) {
        if (!deadline.expired()) {
            waiter.checkInterrupt();
        }
        requireOpen();
        return deadline.lock(inside, operation, address);
    }

    /** Ends its turn. */
    void leave() {
        inside.unlock();
    }

    /** Tries until it succeeds; returns false if the deadline came first. Who calls it has entered. */
    boolean await(Attempt attempt, Deadline deadline) {
        return waiter.await(
                () -> {
                    requireOpen();
                    try {
                        return attempt.succeeds(end);
                    } catch (NoReaderException gone) {
                        throw new ConnectionClosedException(
                                By.PEER, operation + " " + address + ": " + gone.getMessage(), gone);
                    } catch (IOException refused) {
                        throw failed(operation, refused);
                    }
                },
                deadline);
    }

    /** Goes on with another opening of the same end. Who calls it has entered. */
    void openAgain() {
        try {
            FifoEnd next = end.again();
            waiter.close();
            end.close();
            end = next;
            waiter = waiter();
        } catch (IOException refused) {
            throw failed(operation, refused);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ConnectionClosedException(By.THIS_SIDE, operation + " " + address + ": this side has closed");
        }
    }

    private MechanismException failed(String what, IOException refused) {
        return new MechanismException(what + " " + address + ": " + refused.getMessage(), refused);
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        closed = true;
        while (!inside.tryLock()) {
            waiter.wake();
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        try {
            waiter.close();
            end.close();
        } catch (IOException refused) {
            throw failed("close of", refused);
        } finally {
            inside.unlock();
        }
    }
}
