package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.Peer;
import org.ipckit.transport.WaitStrategy;

/**
 * The connection of every mechanism whose halves do not wait: keeps the rules of {@link Connection} around an
 * {@link Outbox} and an {@link Inbox}.
 *
 * <p>A message goes from {@link #offer} into the outbox, and at the other end from the inbox to {@link #receive} or
 * {@link #poll}; a {@link Waiter} waits where there is no room or nothing has come.
 */
public final class DuplexConnection implements Connection {

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Address address;
    private final Capabilities capabilities;
    private final Closeable mechanism;
    private final Optional<Peer> peer;

    private final Gate sending = new Gate();
    private final Outbox outbox;
    private final Waiter room;
    private final LentClaim claim = new LentClaim();
    private ByteBuffer offered;
    private int claiming;
    private final Waiter.Look begun = this::begun;
    private final Waiter.Look gone = this::gone;
    private final Waiter.Look claimed = this::claimed;

    private final Gate receiving = new Gate();
    private final Inbox inbox;
    private final Waiter arrival;
    private final Waiter.Look arrived = this::arrived;
    private int arrivedSize;

    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile boolean closed;
    private volatile boolean lastWordsSaid;
    private volatile boolean peerGone;

    /**
     * Makes a connection of its halves.
     *
     * @param wait how this side waits
     * @param untilRoom sleeps until the outbox may have room
     * @param untilArrival sleeps until something may have come to the inbox
     * @param mechanism closed once, when this side has closed and no thread is inside either half any more
     */
    public DuplexConnection(
            Address address,
            Capabilities capabilities,
            WaitStrategy wait,
            Outbox outbox,
            Sleeper untilRoom,
            Inbox inbox,
            Sleeper untilArrival,
            Closeable mechanism,
            Optional<Peer> peer) {
        this.address = Objects.requireNonNull(address, "address");
        this.capabilities = Objects.requireNonNull(capabilities, "capabilities");
        this.outbox = Objects.requireNonNull(outbox, "outbox");
        this.inbox = Objects.requireNonNull(inbox, "inbox");
        this.mechanism = Objects.requireNonNull(mechanism, "mechanism");
        this.peer = Objects.requireNonNull(peer, "peer");
        this.room = new Waiter(wait, untilRoom, "send to", address);
        this.arrival = new Waiter(wait, untilArrival, "receive from", address);
    }

    // ---------------------------------------------------------------- sending

    @Override
    public boolean offer(ByteBuffer message, Duration timeout) {
        long nanos = Deadline.nanos(timeout);
        requireAllowed(message.remaining());
        enterToSend("offer to", nanos);
        try {
            offered = message;
            boolean accepted = begun();
            if (nanos == 0 || (accepted && !outbox.unfinished())) {
                return accepted;
            }
            Deadline deadline = Deadline.after(timeout);
            if (!accepted && !room.await(begun, deadline)) {
                return false;
            }
            if (outbox.unfinished()) {
                moveRest(deadline);
            }
            return true;
        } finally {
            outbox.keep();
            offered = null;
            leave(sending);
        }
    }

    @Override
    public Claim claim(int sizeBytes, Duration timeout) {
        long nanos = Deadline.nanos(timeout);
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("claim on " + address + ": size " + sizeBytes + " is negative");
        }
        requireAllowed(sizeBytes);
        enterToSend("claim on", nanos);
        try {
            claiming = sizeBytes;
            Deadline deadline = Deadline.after(timeout);
            if (!claimed() && (nanos == 0 || !room.await(claimed, deadline))) {
                return null;
            }
            claim.deadline = deadline;
            return claim;
        } finally {
            leave(sending);
        }
    }

    @Override
    public void flush() {
        enterToSend("flush to", Long.MAX_VALUE);
        try {
            room.await(gone, Deadline.NEVER);
        } finally {
            leave(sending);
        }
    }

    private void requireAllowed(int sizeBytes) {
        if (sizeBytes > capabilities.maxMessageSize()) {
            throw new MessageTooLargeException("offer to " + address + ": message of " + sizeBytes
                    + " bytes, this connection carries at most " + capabilities.maxMessageSize() + " (max-message=)");
        }
    }

    private void enterToSend(String operation, long timeoutNanos) {
        sending.enter(operation, address);
        try {
            requireOpen(operation);
            if (claim.buffer != null) {
                throw new IllegalStateException(
                        operation + " " + address + ": a claim is open; commit or close it first");
            }
            if (timeoutNanos > 0) {
                room.checkInterrupt();
            }
        } catch (RuntimeException refused) {
            leave(sending);
            throw refused;
        }
    }

    /** The message is accepted already: neither an interrupt nor a close of this side makes it unsaid. */
    private void moveRest(Deadline deadline) {
        try {
            room.await(gone, deadline);
        } catch (InterruptedWaitException keptForLater) {
            return;
        } catch (ConnectionClosedException ended) {
            if (ended.by() != By.THIS_SIDE) {
                throw ended;
            }
        }
    }

    private boolean begun() {
        requireOpen("offer to");
        try {
            return outbox.begin(offered);
        } catch (IOException refused) {
            throw peerGone("offer to", refused);
        }
    }

    private boolean claimed() {
        requireOpen("claim on");
        try {
            claim.buffer = outbox.claim(claiming);
            return claim.buffer != null;
        } catch (IOException refused) {
            throw peerGone("claim on", refused);
        }
    }

    private void commitClaimed(int sizeBytes) {
        try {
            outbox.commit(sizeBytes);
        } catch (IOException refused) {
            throw peerGone("commit on", refused);
        }
    }

    private boolean gone() {
        requireOpen("send to");
        try {
            return outbox.drain();
        } catch (IOException refused) {
            throw peerGone("send to", refused);
        }
    }

    /** Reused for each claim of this connection. */
    private final class LentClaim implements Claim {

        private ByteBuffer buffer;
        private Deadline deadline;

        @Override
        public ByteBuffer buffer() {
            if (buffer == null) {
                throw new IllegalStateException("claim on " + address + ": it is no longer open");
            }
            return buffer;
        }

        @Override
        public void commit(int sizeBytes) {
            int claimedBytes = claiming;
            buffer();
            if (sizeBytes < 0 || sizeBytes > claimedBytes) {
                throw new IllegalArgumentException(
                        "commit on " + address + ": " + sizeBytes + " bytes, claimed were " + claimedBytes);
            }
            sending.enter("commit on", address);
            try {
                requireOpen("commit on");
                buffer = null;
                commitClaimed(sizeBytes);
                if (outbox.unfinished()) {
                    moveRest(deadline);
                }
            } finally {
                leave(sending);
            }
        }

        @Override
        public void close() {
            if (buffer == null) {
                return;
            }
            sending.enter("close of a claim on", address);
            try {
                buffer = null;
                // Who closes the connection has the outbox for itself; the claim ends with it.
                if (!closed) {
                    outbox.abort();
                }
            } finally {
                leave(sending);
            }
        }
    }

    // ---------------------------------------------------------------- receiving

    @Override
    public Optional<Message> receive(Duration timeout) {
        long nanos = Deadline.nanos(timeout);
        enterToReceive("receive from");
        try {
            if (nanos > 0) {
                arrival.checkInterrupt();
            }
            if (!arrived() && (nanos == 0 || !arrival.await(arrived, Deadline.after(timeout)))) {
                return Optional.empty();
            }
            int size = requireMessage();
            Message message = inbox.copy(size);
            inbox.consume(size);
            return Optional.of(message);
        } finally {
            leave(receiving);
        }
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        Objects.requireNonNull(handler, "handler");
        if (limit < 1) {
            throw new IllegalArgumentException("poll of " + address + ": limit " + limit + " is not positive");
        }
        enterToReceive("poll of");
        try {
            if (!arrived()) {
                return 0;
            }
            int size = requireMessage();
            int count = 0;
            do {
                try {
                    handler.onMessage(inbox.lend(size));
                } finally {
                    inbox.consume(size);
                }
                count++;
                size = inbox.next();
            } while (count < limit && size >= 0 && !closed);
            return count;
        } finally {
            leave(receiving);
        }
    }

    private void enterToReceive(String operation) {
        receiving.enter(operation, address);
        if (closed) {
            leave(receiving);
            throw closedHere(operation);
        }
    }

    /** Looks once; returns true when there is a message, or will never be one. */
    private boolean arrived() {
        requireOpen("receive from");
        arrivedSize = inbox.look();
        return arrivedSize != Inbox.NONE;
    }

    /** Returns the size of the message that has arrived, or throws the reason why there is none. */
    private int requireMessage() {
        if (arrivedSize == Inbox.END) {
            peerGone = true;
            throw inbox.ending().toException("receive from", address);
        }
        return arrivedSize;
    }

    // ---------------------------------------------------------------- the end

    @Override
    public boolean isOpen() {
        return !closed && !peerGone;
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        closed = true;
        // An interrupted thread could not wait for room; what it has accepted is sent all the same.
        boolean interrupted = Thread.interrupted();
        Deadline deadline = Deadline.after(LAST_WORDS);
        try {
            if (sending.awaitEmpty(deadline, room::wake)) {
                sendLastWords(deadline);
            }
            receiving.awaitEmpty(deadline, arrival::wake);
        } finally {
            // Whatever failed above, this side is closed: nobody else would ever give it back.
            lastWordsSaid = true;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            releaseWhenLeft();
        }
    }

    private void sendLastWords(Deadline deadline) {
        try {
            room.await(this::finished, deadline);
        } catch (InterruptedWaitException interruptedNow) {
            return;
        }
    }

    private boolean finished() {
        try {
            return outbox.finish();
        } catch (IOException nobodyToTell) {
            return true;
        }
    }

    private void leave(Gate gate) {
        gate.leave();
        if (closed) {
            // Without it this thread could miss that the last words are said while who said them still sees it inside.
            VarHandle.fullFence();
            releaseWhenLeft();
        }
    }

    /** Whoever is last to be inside gives everything back: a descriptor must not be closed under a read or write. */
    private void releaseWhenLeft() {
        if (lastWordsSaid && sending.isEmpty() && receiving.isEmpty() && released.compareAndSet(false, true)) {
            try (mechanism;
                    arrival;
                    room) {
                // Closed in the opposite order, each even if the one before fails.
                return;
            } catch (IOException refused) {
                throw new MechanismException("close of " + address + ": " + refused.getMessage(), refused);
            }
        }
    }

    private void requireOpen(String operation) {
        if (closed) {
            throw closedHere(operation);
        }
    }

    private ConnectionClosedException closedHere(String operation) {
        return new ConnectionClosedException(By.THIS_SIDE, operation + " " + address + ": this side has closed");
    }

    private ConnectionClosedException peerGone(String operation, IOException refused) {
        peerGone = true;
        return new ConnectionClosedException(
                By.PEER, operation + " " + address + ": the peer is gone: " + refused.getMessage(), refused);
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Optional<Peer> peer() {
        return peer;
    }

    @Override
    public String toString() {
        return "Connection[" + address + "]";
    }
}
