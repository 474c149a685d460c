package org.ipckit.sockets;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.spi.Acceptor;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.Newcomer;

/** Unix domain sockets as the JDK has them since 16. */
final class JdkUnixSockets implements UnixSockets {

    private static final int BACKLOG = 128;

    static Availability availability() {
        try (SocketChannel possible = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return possible.isOpen() ? Availability.yes() : Availability.no("the channel closed by itself");
        } catch (UnsupportedOperationException | IOException refused) {
            return Availability.no("this system has no Unix domain sockets: " + refused.getMessage());
        }
    }

    @Override
    public Acceptor listen(Address address, UnixAccess access) {
        Path file = SocketFile.of(address);
        return AddressOwnership.taking(address, file, ownership -> {
            SocketFile.removeStale(address, file, JdkUnixSockets::isLive);
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.bind(UnixDomainSocketAddress.of(file), BACKLOG);
                ownership.made();
                access.applyTo(file);
                channel.configureBlocking(false);
            } catch (IOException | RuntimeException refused) {
                channel.close();
                throw refused;
            }
            return new UnixAcceptor(address, access, channel, () -> accepted(channel), ownership);
        });
    }

    private static JdkUnixStream accepted(ServerSocketChannel listening) throws IOException {
        SocketChannel channel = listening.accept();
        return channel == null ? null : new JdkUnixStream(channel);
    }

    @Override
    public Newcomer connect(Address address) throws IOException {
        Path file = SocketFile.of(address);
        SocketFile.requireSocket(address, file);
        try {
            return new Newcomer(new JdkUnixStream(open(file)));
        } catch (ConnectException nobody) {
            throw new ConnectException("nobody listens on " + file);
        } catch (SocketException refused) {
            if (String.valueOf(refused.getMessage()).startsWith("Permission denied")) {
                throw new AccessDeniedException(
                        "connect to " + address + ": this user may not write to " + file, refused);
            }
            throw refused;
        }
    }

    /** Never waits: where the listener's queue is full, the system refuses. */
    private static SocketChannel open(Path file) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(file));
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static boolean isLive(Path file) throws IOException {
        try (SocketChannel reached = open(file)) {
            return reached.isOpen();
        } catch (ConnectException nobody) {
            return false;
        } catch (SocketException queueIsFull) {
            return true;
        }
    }
}
