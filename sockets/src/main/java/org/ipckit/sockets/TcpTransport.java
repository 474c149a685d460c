package org.ipckit.sockets;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.spi.AuthKey;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.Newcomer;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.StreamListener;
import org.ipckit.transport.spi.StreamOptions;
import org.ipckit.transport.spi.TcpStream;

/**
 * {@code tcp://host:port}: TCP, by default between processes of one machine.
 *
 * <p>Options beside those of every stream transport ({@code wait}, {@code buffer}, {@code max-message},
 * {@code authkey-file}): {@code insecure=true} lets it listen beyond loopback without a key. Port 0 takes a free one;
 * {@link Listener#address()} says which.
 */
public final class TcpTransport implements Transport {

    private static final Set<String> OPTIONS = StreamOptions.namesWith("insecure");

    @Override
    public String scheme() {
        return "tcp";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return capabilities(streamOptions(address));
    }

    private static Capabilities capabilities(StreamOptions options) {
        return options.capabilities().within(Reach.NETWORK);
    }

    @Override
    public Traits traits() {
        return new Traits(
                "TCP socket",
                Trait.yes(),
                Trait.no(),
                Trait.no(),
                Trait.yes(),
                "a host and a port",
                "length-prefixed messages on a stream of bytes",
                "loopback only by default; a key",
                List.of("cross-platform", "the same program across the network", "can be extended to RPC"),
                List.of("slower than what stays on the machine", "ports are shared by all users"));
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Listener listen(Address address) {
        return listen(address, streamOptions(address).authKey(address));
    }

    /** Listens with this key, whatever the address says about keys. */
    static Listener listen(Address address, Optional<AuthKey> authKey) {
        StreamOptions options = streamOptions(address);
        requireSafe(address, authKey.isPresent());
        ServerSocketChannel channel = TcpSockets.listen(address);
        return new StreamListener(
                HostPort.withPort(address, channel.socket().getLocalPort()),
                capabilities(options),
                options,
                authKey,
                new TcpAcceptor(channel, accepted -> new Newcomer(new TcpStream(accepted))));
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        return connect(address, streamOptions(address).authKey(address), timeout);
    }

    /** Connects with this key, whatever the address says about keys. */
    static Connection connect(Address address, Optional<AuthKey> authKey, Duration timeout) {
        StreamOptions options = streamOptions(address);
        return Dialer.connect(
                address,
                capabilities(options),
                options,
                authKey,
                timeout,
                deadline -> new Newcomer(new TcpStream(TcpSockets.connect(address, deadline))));
    }

    private static void requireSafe(Address address, boolean withKey) {
        InetSocketAddress where = HostPort.of(address);
        if (!where.getAddress().isLoopbackAddress()
                && !withKey
                && !options(address).flag("insecure", false)) {
            throw new AccessDeniedException(
                    "listen on " + address + ": " + where.getAddress().getHostAddress()
                            + " can be reached from other machines; use tls://, authkey-file=FILE or insecure=true");
        }
    }

    private static StreamOptions streamOptions(Address address) {
        return StreamOptions.of(address, options(address));
    }

    private static Options options(Address address) {
        return Options.of(address, OPTIONS);
    }
}
