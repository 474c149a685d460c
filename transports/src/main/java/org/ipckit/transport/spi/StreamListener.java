package org.ipckit.transport.spi;

import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.TransportException;

/** The listener of every stream transport: gives out the streams whose handshakes are finished, as connections. */
public final class StreamListener implements Listener {

    private final Address address;
    private final Capabilities capabilities;
    private final StreamOptions options;
    private final Lobby<ByteStream> lobby;

    /** Takes the acceptor over, which is open already; it is closed with the listener, or if this fails. */
    public StreamListener(Address address, Capabilities capabilities, StreamOptions options, Acceptor acceptor) {
        this(address, capabilities, options, keyOf(options, address, acceptor), acceptor);
    }

    /** As the other, with a key that is not read from the options. */
    public StreamListener(
            Address address,
            Capabilities capabilities,
            StreamOptions options,
            Optional<AuthKey> authKey,
            Acceptor acceptor) {
        this.address = address;
        this.capabilities = capabilities;
        this.options = options;
        this.lobby = new Lobby<>(address, acceptor, authKey, stream -> stream);
    }

    private static Optional<AuthKey> keyOf(StreamOptions options, Address address, Acceptor acceptor) {
        try {
            return options.authKey(address);
        } catch (TransportException refused) {
            Streams.closeQuietly(acceptor);
            throw refused;
        }
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public Optional<Connection> accept(Duration timeout) {
        return lobby.take(timeout).map(stream -> Streams.connection(address, capabilities, options, stream));
    }

    @Override
    public void close() {
        lobby.close();
    }

    @Override
    public String toString() {
        return "Listener[" + address + "]";
    }
}
