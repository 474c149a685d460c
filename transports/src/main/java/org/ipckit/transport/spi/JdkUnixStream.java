package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalLong;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.ipckit.transport.Peer;

/** A connected Unix socket of the JDK. It tells the peer's user, not its pid. */
public class JdkUnixStream extends SocketStream<SocketChannel> {

    private final Optional<Peer> peer;

    /** Takes the channel over, as {@link SocketStream} does. */
    public JdkUnixStream(SocketChannel channel) throws IOException {
        super(channel);
        this.peer = channel.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)
                ? Optional.of(peerOf(channel.getOption(ExtendedSocketOptions.SO_PEERCRED)))
                : Optional.empty();
    }

    private static Peer peerOf(UnixDomainPrincipal principal) throws IOException {
        return new Peer(
                OptionalLong.empty(),
                UserNumbers.of(principal.user()),
                Optional.of(principal.user().getName()));
    }

    @Override
    public Optional<Peer> peer() {
        return peer;
    }
}
