package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Peer;
import org.ipckit.transport.WaitStrategy;

/**
 * The connection of every mechanism whose halves do not wait: keeps the rules of {@link Connection} around an
 * {@link Outbox} and an {@link Inbox}.
 *
 * <p>A message goes from {@link SendingHalf#offer} into the outbox, and at the other end from the inbox to
 * {@link ReceivingHalf#receive} or {@link ReceivingHalf#poll}; a {@link Waiter} waits where there is no room or nothing
 * has come.
 */
public final class DuplexConnection implements Connection {

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Address address;
    private final Capabilities capabilities;
    private final Closeable mechanism;
    private final Optional<Peer> peer;
    private final ConnectionEnd end;
    private final SendingHalf sending;
    private final ReceivingHalf receiving;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile boolean lastWordsSaid;

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
        this.mechanism = Objects.requireNonNull(mechanism, "mechanism");
        this.peer = Objects.requireNonNull(peer, "peer");
        this.end = new ConnectionEnd(address);
        this.sending = new SendingHalf(
                address,
                end,
                capabilities.maxMessageSize(),
                Objects.requireNonNull(outbox, "outbox"),
                new Waiter(wait, untilRoom, "send to", address),
                this::releaseWhenLeft);
        this.receiving = new ReceivingHalf(
                address,
                end,
                Objects.requireNonNull(inbox, "inbox"),
                new Waiter(wait, untilArrival, "receive from", address),
                this::releaseWhenLeft);
    }

    @Override
    public boolean offer(ByteBuffer message, Duration timeout) {
        try {
            return sending.offer(message, timeout);
        } catch (InternalError late) {
            throw sending.leftBy(late);
        }
    }

    @Override
    public Claim claim(int sizeBytes, Duration timeout) {
        try {
            return sending.claim(sizeBytes, timeout);
        } catch (InternalError late) {
            throw sending.leftBy(late);
        }
    }

    @Override
    public void flush() {
        try {
            sending.flush();
        } catch (InternalError late) {
            throw sending.leftBy(late);
        }
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        try {
            return receiving.receive(timeout);
        } catch (InternalError late) {
            throw receiving.leftBy(late);
        }
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        try {
            return receiving.poll(handler, limit);
        } catch (InternalError late) {
            throw receiving.leftBy(late);
        }
    }

    @Override
    public int poll(MessageHandler handler, int limit, Duration timeout) {
        try {
            return receiving.poll(handler, limit, timeout);
        } catch (InternalError late) {
            throw receiving.leftBy(late);
        }
    }

    @Override
    public boolean isOpen() {
        return end.isOpen();
    }

    @Override
    public void close() {
        LateFaults.take();
        if (!end.close()) {
            return;
        }
        // An interrupted thread could not wait for room; what it has accepted is sent all the same.
        boolean interrupted = Thread.interrupted();
        Deadline deadline = Deadline.after(LAST_WORDS);
        try {
            sending.sayLastWords(deadline);
            receiving.awaitEmpty(deadline);
        } finally {
            // Whatever failed above, this side is closed: nobody else would ever give it back.
            lastWordsSaid = true;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            releaseWhenLeft();
        }
    }

    /** Whoever is last to be inside gives everything back: a descriptor must not be closed under a read or write. */
    private void releaseWhenLeft() {
        LateFaults.take();
        if (lastWordsSaid && sending.isEmpty() && receiving.isEmpty() && released.compareAndSet(false, true)) {
            try (mechanism;
                    receiving;
                    sending) {
                // Closed in the opposite order, each even if the one before fails.
                return;
            } catch (IOException refused) {
                throw new MechanismException("close of " + address + ": " + refused.getMessage(), refused);
            }
        }
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
