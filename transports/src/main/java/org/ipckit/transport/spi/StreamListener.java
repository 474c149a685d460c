package org.ipckit.transport.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MechanismException;

/**
 * The listener of every stream transport. Its {@link Reception} takes newcomers in and carries their handshakes on;
 * {@code accept} gives out those who have finished.
 */
public final class StreamListener implements Listener {

    private static final int MOST_FINISHED = 128;

    private final Address address;
    private final Capabilities capabilities;
    private final StreamOptions options;
    private final Acceptor acceptor;
    private final Reception reception;

    private final AcceptQueue<ByteStream> finished;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Takes the acceptor over, which is open already; it is closed with the listener, or if this fails. */
    public StreamListener(Address address, Capabilities capabilities, StreamOptions options, Acceptor acceptor) {
        this.address = address;
        this.capabilities = capabilities;
        this.options = options;
        this.acceptor = acceptor;
        this.finished = new AcceptQueue<>(address);
        try {
            this.reception = new Reception(
                    address, acceptor, options.authKey(address), this::finished, () -> finished.size() < MOST_FINISHED);
        } catch (IOException | RuntimeException refused) {
            closeAcceptor();
            throw refused instanceof RuntimeException asItIs
                    ? asItIs
                    : new MechanismException("listen on " + address + ": " + refused.getMessage(), refused);
        }
        reception.start();
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Optional<Connection> accept(Duration timeout) {
        Optional<ByteStream> stream = finished.take(timeout);
        if (stream.isPresent()) {
            reception.lookAgain();
        }
        return stream.map(open -> Streams.connection(address, capabilities, options, open));
    }

    private void finished(ByteStream stream) {
        if (!finished.add(stream)) {
            Streams.closeQuietly(stream);
        }
    }

    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            Streams.closeQuietly(reception);
            finished.close(Streams::closeQuietly);
            closeAcceptor();
        }
    }

    private void closeAcceptor() {
        try {
            acceptor.close();
        } catch (IOException refused) {
            throw new MechanismException("close of " + address + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public String toString() {
        return "Listener[" + address + "]";
    }
}
