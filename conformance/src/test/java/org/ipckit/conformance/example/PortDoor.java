package org.ipckit.conformance.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ipckit.transport.Address;

/** Opens a plain socket to a listener of {@link PortTransport}, as anybody on the machine can. */
public final class PortDoor {

    private PortDoor() {}

    public static SocketChannel open(Address listening) {
        try {
            String words = Files.readString(Path.of(listening.target()));
            int port = Integer.parseInt(words.strip().substring("port ".length()));
            return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
