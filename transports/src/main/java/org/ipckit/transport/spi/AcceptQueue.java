package org.ipckit.transport.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;

/** What a listener has taken and nobody has accepted yet. Any thread may add, take or close. */
public final class AcceptQueue<T> {

    private final Address address;

    /** An empty one says that the queue is closed; it stays at the end for the next who looks. */
    private final LinkedBlockingQueue<Optional<T>> queue = new LinkedBlockingQueue<>();

    private boolean closed;

    /** Makes a queue whose failures name this address. */
    public AcceptQueue(Address address) {
        this.address = address;
    }

    /** Adds one; false if the queue is closed, and then it is the caller's to close. */
    public synchronized boolean add(T taken) {
        return !closed && queue.add(Optional.of(taken));
    }

    /** Returns how many wait to be accepted. */
    public int size() {
        return queue.size();
    }

    /**
     * Waits for the next one, as {@link org.ipckit.transport.Listener#accept(Duration)}.
     *
     * @return empty if none came in that time
     */
    public Optional<T> take(Duration timeout) {
        Optional<T> next = next(Deadline.nanos(timeout));
        if (next == null) {
            return Optional.empty();
        }
        if (next.isEmpty()) {
            queue.add(next);
            throw new ConnectionClosedException(By.THIS_SIDE, "accept on " + address + ": this listener is closed");
        }
        return next;
    }

    private Optional<T> next(long nanos) {
        try {
            return nanos == 0 ? queue.poll() : queue.poll(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedWaitException("accept on " + address + ": interrupted while waiting", interrupted);
        }
    }

    /** Closes the queue, wakes who waits, and gives what nobody will accept to {@code leftover}. */
    public void close(Consumer<T> leftover) {
        synchronized (this) {
            closed = true;
        }
        Optional<T> next = queue.poll();
        while (next != null) {
            next.ifPresent(leftover);
            next = queue.poll();
        }
        queue.add(Optional.empty());
    }
}
