package org.ipckit.sockets;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.ChannelSleeper;
import org.ipckit.transport.spi.Deadline;

/** Opens TCP sockets the way messages want them: nothing waits to fill a packet, a silent loss is noticed. */
final class TcpSockets {

    private static final int BACKLOG = 128;

    /** Long for a handshake on any network, short enough to try again. */
    private static final Duration ONE_ATTEMPT = Duration.ofSeconds(3);

    private TcpSockets() {}

    /** Listens; the port is bound when this returns. */
    static ServerSocketChannel listen(Address address) {
        InetSocketAddress where = HostPort.of(address);
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.bind(where, BACKLOG);
                channel.configureBlocking(false);
                return channel;
            } catch (IOException | RuntimeException refused) {
                channel.close();
                throw refused;
            }
        } catch (BindException refused) {
            throw notBound(address, where, refused);
        } catch (IOException refused) {
            throw new MechanismException("listen on " + address + ": " + refused.getMessage(), refused);
        }
    }

    private static RuntimeException notBound(Address address, InetSocketAddress where, BindException refused) {
        String reason = String.valueOf(refused.getMessage());
        if (reason.contains("Permission denied")) {
            return new AccessDeniedException(
                    "listen on " + address + ": this user may not listen on port " + where.getPort(), refused);
        }
        if (reason.contains("assign requested address")) {
            return new InvalidAddressException(
                    address + ": " + where.getAddress().getHostAddress() + " is not an address of this machine",
                    refused);
        }
        return new AddressInUseException(
                "listen on " + address + ": a live process listens on port " + where.getPort()
                        + " (ss -ltnp shows which); port 0 takes a free one",
                refused);
    }

    /** Takes the next connection of the kernel's queue; null if there is none. */
    static SocketChannel accept(ServerSocketChannel listening) throws IOException {
        SocketChannel channel = listening.accept();
        return channel == null ? null : prepared(channel);
    }

    /** Connects, once, within the deadline. */
    static SocketChannel connect(Address address, Deadline deadline) throws IOException {
        InetSocketAddress where = HostPort.of(address);
        SocketChannel channel = SocketChannel.open();
        try {
            prepared(channel);
            if (!channel.connect(where)) {
                finish(channel, deadline.orWithin(ONE_ATTEMPT));
            }
            if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
                // A port of the range for callers, with nobody behind it, can be given to the caller itself.
                throw new IOException("nobody listens on port " + where.getPort());
            }
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static void finish(SocketChannel channel, Deadline deadline) throws IOException {
        try (ChannelSleeper connected = new ChannelSleeper(channel, SelectionKey.OP_CONNECT)) {
            while (!channel.finishConnect()) {
                if (deadline.expired() || Thread.currentThread().isInterrupted()) {
                    throw new SocketTimeoutException("no answer");
                }
                connected.sleep(deadline.remainingNanos());
            }
        }
    }

    private static SocketChannel prepared(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        return channel;
    }
}
