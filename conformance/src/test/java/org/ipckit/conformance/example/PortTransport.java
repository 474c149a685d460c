package org.ipckit.conformance.example;

import static java.net.StandardSocketOptions.TCP_NODELAY;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;
import org.ipckit.transport.spi.Acceptor;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.Dialer;
import org.ipckit.transport.spi.Newcomer;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.RunDirectory;
import org.ipckit.transport.spi.StreamListener;
import org.ipckit.transport.spi.StreamOptions;
import org.ipckit.transport.spi.TcpStream;

/** {@code port://NAME}: TCP on any free port of the loopback interface; a file says which one it is. */
public final class PortTransport implements Transport {

    @Override
    public Listener listen(Address address) {
        Path file = RunDirectory.file(address);
        StreamOptions options = options(address);
        return AddressOwnership.taking(address, file, place -> {
            if (Files.exists(file)) {
                port(address, file); // Somebody's diary is not ours to delete; a dead listener's port is.
                Files.delete(file);
            }
            ServerSocketChannel socket = ServerSocketChannel.open();
            try {
                socket.bind(loopback(0)).configureBlocking(false);
                String words = "port " + socket.socket().getLocalPort() + "\n";
                Files.writeString(file, words, StandardOpenOption.CREATE_NEW);
                place.made();
                return new StreamListener(address, options.capabilities(), options, new Door(socket, place));
            } catch (IOException | RuntimeException refused) {
                socket.close();
                throw refused;
            }
        });
    }

    @Override
    public Connection connect(Address address, Duration timeout) {
        Path file = RunDirectory.file(address);
        StreamOptions options = options(address);
        return Dialer.connect(
                address,
                options.capabilities(),
                options,
                timeout,
                deadline -> newcomer(SocketChannel.open(loopback(port(address, file)))));
    }

    /** Where callers arrive. */
    private record Door(ServerSocketChannel channel, AddressOwnership place) implements Acceptor {

        @Override
        public Newcomer accept() throws IOException {
            SocketChannel caller = channel.accept();
            return caller == null ? null : newcomer(caller);
        }

        @Override
        public void close() throws IOException {
            place.close(); // First, so that nobody finds the file of a port that is somebody else's by then.
            channel.close();
        }
    }

    private static Newcomer newcomer(SocketChannel socket) throws IOException {
        socket.setOption(TCP_NODELAY, true);
        return new Newcomer(new TcpStream(socket));
    }

    private static int port(Address address, Path file) throws IOException {
        String words = Files.readString(file);
        if (!words.isEmpty() && !words.matches("port \\d+\n")) {
            throw new ConnectFailedException(address + ": " + file + " says no port");
        }
        return words.isEmpty() ? 0 : Integer.parseInt(words.strip().substring(5));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static StreamOptions options(Address address) {
        return StreamOptions.of(address, Options.of(address, StreamOptions.namesWith()));
    }

    @Override
    public String scheme() {
        return "port";
    }

    @Override
    public Capabilities capabilities(Address address) {
        return options(address).capabilities();
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "TCP",
                Trait.yes(),
                Trait.yes("that says the port"),
                Trait.no(),
                Trait.yes(),
                "a file",
                "length-prefixed messages",
                "none: any user of the machine may connect",
                List.of("any number of them side by side"),
                List.of("a port scanner is a newcomer too"));
    }
}
