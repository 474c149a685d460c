package org.ipckit.testkit.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;

class PortContractTest extends TransportContract {

    @Override
    protected Transport transport() {
        return new PortTransport();
    }

    @Override
    protected Address freshAddress(Path folder) {
        return Address.parse("port://" + folder.resolve("c"));
    }

    @Override
    protected Optional<WritableByteChannel> strangersDoor(Address listening) {
        try {
            int port = Integer.parseInt(
                    Files.readString(Path.of(listening.target())).strip().substring(5));
            return Optional.of(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
