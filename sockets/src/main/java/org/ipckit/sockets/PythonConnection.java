package org.ipckit.sockets;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.ipckit.sockets.pickle.Pickle;
import org.ipckit.transport.Address;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.Peer;
import org.ipckit.transport.Waits;

/**
 * An exchange of values with one Python program: {@code send} and {@code receive} are its {@code recv} and {@code send}.
 * Which values, {@link org.ipckit.sockets.pickle the package of the pickles} says.
 *
 * <p>One thread may send while another receives and a third closes.
 */
public final class PythonConnection implements AutoCloseable {

    private final Connection connection;

    /** A message that was waited for and not yet received; the receiving thread's. */
    private Message next;

    PythonConnection(Connection connection) {
        this.connection = connection;
    }

    /**
     * Sends the value as a pickle of protocol 4, waiting for room as long as it takes.
     *
     * @param value may be null, Python's None
     * @throws CodecException if it is none that Python has too; nothing was sent, and the connection still works
     * @throws org.ipckit.transport.ConnectionClosedException if either side has closed
     */
    public void send(Object value) {
        connection.send(Pickle.encode(value));
    }

    /**
     * Waits for the next value as long as it takes; {@link #hasNext} can wait for less.
     *
     * @return the value, null for Python's None
     * @throws CodecException if the message is no pickle of a plain value; it is consumed, and the connection still works
     * @throws org.ipckit.transport.ConnectionClosedException if this side has closed, or the peer is gone and all it sent
     *     was received
     */
    public Object receive() {
        Message pickle = receiveBytes();
        try {
            return Pickle.decode(pickle.asByteBuffer());
        } catch (CodecException refused) {
            throw new CodecException("receive from " + address() + ": " + refused.getMessage(), refused);
        }
    }

    /**
     * Waits until there is something to receive, as Python's {@code poll} does.
     *
     * @return false if nothing came in that time
     * @throws org.ipckit.transport.ConnectionClosedException if nothing will come any more
     */
    public boolean hasNext(Duration timeout) {
        if (next == null) {
            next = connection.receive(timeout).orElse(null);
        }
        return next != null;
    }

    /** Sends the bytes as they are, for Python's {@code recv_bytes}, waiting for room as long as it takes. */
    public void sendBytes(Message bytes) {
        connection.send(bytes);
    }

    /** As {@link #sendBytes(Message)}, the bytes between position and limit; the buffer is read, not consumed. */
    public void sendBytes(ByteBuffer bytes) {
        connection.send(bytes);
    }

    /** Waits as long as it takes for the next message, and takes it as it is: what {@code send_bytes} has sent. */
    public Message receiveBytes() {
        hasNext(Waits.FOREVER);
        Message received = Objects.requireNonNull(next);
        next = null;
        return received;
    }

    /** Returns who is at the other end, as far as the kernel says. */
    public Optional<Peer> peer() {
        return connection.peer();
    }

    /** Returns the address this connection was made with. */
    public Address address() {
        return connection.address();
    }

    /** Closes this side; any thread may call it, any number of times. */
    @Override
    public void close() {
        connection.close();
    }

    @Override
    public String toString() {
        return "PythonConnection[" + address() + "]";
    }
}
