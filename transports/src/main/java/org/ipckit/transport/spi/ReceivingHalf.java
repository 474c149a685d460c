package org.ipckit.transport.spi;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.TransportException;

/** Keeps the rules of {@link Connection} for what is received: waits for it, copies or lends it, and says why none comes. */
final class ReceivingHalf implements AutoCloseable {

    private final Address address;
    private final ConnectionEnd end;
    private final Gate gate;
    private final Inbox inbox;
    private final Waiter arrival;
    private final Waiter.Look arrived = this::arrived;
    private int arrivedSize;

    /** @param left run when a thread has left this half of a connection that is closed */
    ReceivingHalf(Address address, ConnectionEnd end, Inbox inbox, Waiter arrival, Runnable left) {
        this.address = address;
        this.end = end;
        this.inbox = inbox;
        this.arrival = arrival;
        this.gate = new Gate(address, end, left);
    }

    /** As {@link Connection#receive(Duration)}. */
    Optional<Message> receive(Duration timeout) {
        long nanos = Deadline.nanos(timeout);
        gate.enter("receive from");
        try {
            if (!arrivedWithin(timeout, nanos)) {
                return Optional.empty();
            }
            int size = requireMessage();
            Message message = inbox.copy(size);
            inbox.consume(size);
            return Optional.of(message);
        } finally {
            gate.leave();
        }
    }

    private boolean arrivedWithin(Duration timeout, long nanos) {
        if (nanos > 0) {
            arrival.checkInterrupt();
        }
        return arrived() || (nanos > 0 && arrival.await(arrived, timeout));
    }

    /** As {@link Connection#poll(MessageHandler, int, Duration)}. */
    int poll(MessageHandler handler, int limit, Duration timeout) {
        requireUsable(handler, limit);
        long nanos = Deadline.nanos(timeout);
        gate.enter("poll of");
        try {
            return arrivedWithin(timeout, nanos) ? handOver(handler, limit) : 0;
        } finally {
            gate.leave();
        }
    }

    /** As {@link Connection#poll(MessageHandler, int)}. */
    int poll(MessageHandler handler, int limit) {
        requireUsable(handler, limit);
        gate.enter("poll of");
        try {
            return arrived() ? handOver(handler, limit) : 0;
        } finally {
            gate.leave();
        }
    }

    private void requireUsable(MessageHandler handler, int limit) {
        Objects.requireNonNull(handler, "handler");
        if (limit < 1) {
            throw new IllegalArgumentException("poll of " + address + ": limit " + limit + " is not positive");
        }
    }

    /**
     * Hands over what has arrived. A method of its own: where most looks find nothing, as they do for one who spins, the
     * compiler takes what comes after a find for rare, and would call where it can inline.
     */
    private int handOver(MessageHandler handler, int limit) {
        int size = requireMessage();
        int count = 0;
        do {
            try {
                handler.onMessage(inbox.lend(size));
            } finally {
                inbox.consume(size);
            }
            count++;
        } while (count < limit && !end.isClosed() && (size = inbox.next()) >= 0);
        return count;
    }

    /** Looks once; returns true when there is a message, or will never be one. */
    private boolean arrived() {
        end.requireOpen("receive from");
        arrivedSize = inbox.look();
        return arrivedSize != Inbox.NONE;
    }

    /** Returns the size of the message that has arrived, or throws the reason why there is none. */
    private int requireMessage() {
        if (arrivedSize == Inbox.END) {
            throw ended();
        }
        return arrivedSize;
    }

    private TransportException ended() {
        end.peerIsGone();
        return inbox.ending().toException("receive from", address);
    }

    /** Waits until nobody is inside any more; the connection is closed, and nobody new comes in. */
    void awaitEmpty(Deadline deadline) {
        gate.awaitEmpty(deadline, arrival::wake);
    }

    /**
     * Lets the current thread out after an error of memory that was cut short, of which the JVM may tell anywhere: also
     * where the thread is about to leave.
     */
    InternalError leftBy(InternalError late) {
        gate.leaveIfInside();
        return late;
    }

    boolean isEmpty() {
        return gate.isEmpty();
    }

    /** Gives back what waiting needed. */
    @Override
    public void close() {
        arrival.close();
    }
}
