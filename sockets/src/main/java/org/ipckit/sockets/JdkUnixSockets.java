package org.ipckit.sockets;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.spi.Acceptor;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.JdkUnixStream;
import org.ipckit.transport.spi.Newcomer;
import org.ipckit.transport.spi.SocketFile;

/** Unix domain sockets as the JDK has them since 16. */
final class JdkUnixSockets implements UnixSockets {

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
            ServerSocketChannel channel = SocketFile.listen(address, file, ownership);
            try {
                access.applyTo(file);
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
        return new Newcomer(new JdkUnixStream(SocketFile.connect(address, SocketFile.of(address))));
    }
}
