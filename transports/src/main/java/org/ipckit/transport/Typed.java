package org.ipckit.transport;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.ipckit.transport.spi.Deadline;

/**
 * A connection that carries values: each is encoded straight into a claim of the connection, and decoded from the memory
 * that a poll lends.
 *
 * <pre>{@code
 * try (Typed<Order> orders = Typed.over(Transports.connect("shm://orders"), CborCodec.of(Order.class))) {
 *     orders.send(new Order(7, "bolts"));
 *     Order answer = orders.receive();
 * }
 * }</pre>
 *
 * <p>Time-outs, interrupts, threads and the end are those of {@link Connection}: one thread may send while another
 * receives and a third closes.
 */
public final class Typed<T> implements AutoCloseable {

    private static final int FIRST_GUESS_BYTES = 512;

    private final Connection connection;
    private final Codec<T> codec;
    private final int largestBytes;

    /** What the next claim asks for: grows with the values. Threads that race for it encode once more, at worst. */
    private int guessBytes;

    private Typed(Connection connection, Codec<T> codec) {
        this.connection = Objects.requireNonNull(connection, "connection");
        this.codec = Objects.requireNonNull(codec, "codec");
        this.largestBytes = connection.capabilities().maxMessageSize();
        this.guessBytes = Math.min(FIRST_GUESS_BYTES, largestBytes);
    }

    /** Returns the connection with this codec. Closing it closes the connection. */
    public static <T> Typed<T> over(Connection connection, Codec<T> codec) {
        return new Typed<>(connection, codec);
    }

    /**
     * Sends the value as one message. A value that does not fit what was claimed is encoded again into a larger claim.
     *
     * @param timeout the longest to wait for room, as with {@link Connection#offer}
     * @return false if there was no room in that time, and then nothing was sent
     * @throws CodecException if the codec cannot encode it; nothing was sent and the connection still works
     * @throws MessageTooLargeException if it takes more than {@link Capabilities#maxMessageSize()}; likewise
     * @throws ConnectionClosedException if either side has closed
     */
    public boolean offer(T value, Duration timeout) {
        Objects.requireNonNull(value, "value");
        Deadline deadline = Deadline.after(timeout);
        int sizeBytes = guessBytes;
        while (true) {
            Claim claim = connection.claim(sizeBytes, deadline.remaining());
            if (claim == null) {
                return false;
            }
            try (claim) {
                claim.commit(codec.encode(value, claim.buffer()));
                return true;
            } catch (BufferOverflowException overflow) {
                sizeBytes = moreThan(sizeBytes, overflow);
                guessBytes = sizeBytes;
            }
        }
    }

    private int moreThan(int sizeBytes, BufferOverflowException overflow) {
        if (sizeBytes == largestBytes) {
            throw new MessageTooLargeException(
                    "offer to " + connection.address()
                            + ": the value does not fit into a message, this transport carries" + " at most "
                            + largestBytes + " bytes",
                    overflow);
        }
        return (int) Math.min(2L * sizeBytes, largestBytes);
    }

    /** Sends the value, waiting for room as long as it takes. See {@link #offer}. */
    public void send(T value) {
        offer(value, Waits.FOREVER);
    }

    /**
     * Waits for the next value.
     *
     * @return empty if none came in that time
     * @throws CodecException if the message is no such value; it is consumed and the connection still works
     * @throws ConnectionClosedException if this side has closed, or the peer is gone and all it sent was received
     */
    public Optional<T> receive(Duration timeout) {
        return connection.receive(timeout).map(message -> decode(message.asByteBuffer()));
    }

    /** Waits for the next value as long as it takes. See {@link #receive(Duration)}. */
    public T receive() {
        return receive(Waits.FOREVER).orElseThrow();
    }

    /**
     * Hands over the values that are there, at most {@code limit}, and never waits. They are the handler's for ever. What
     * the handler throws, and a {@link CodecException} for a message that is no such value, leaves that message consumed
     * and ends the poll.
     *
     * @return how many values were handed over
     * @throws ConnectionClosedException as {@link #receive(Duration)}, when no message was left to hand over
     */
    public int poll(Consumer<? super T> handler, int limit) {
        return connection.poll(message -> handler.accept(decode(message)), limit);
    }

    private T decode(ByteBuffer message) {
        try {
            return codec.decode(message);
        } catch (CodecException refused) {
            throw new CodecException("receive from " + connection.address() + ": " + refused.getMessage(), refused);
        }
    }

    /** Returns the connection itself, for what has nothing to do with values. */
    public Connection connection() {
        return connection;
    }

    /** Closes the connection. */
    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "Typed[" + codec + " over " + connection + "]";
    }
}
