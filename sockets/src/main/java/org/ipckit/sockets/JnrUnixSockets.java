package org.ipckit.sockets;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import jnr.unixsocket.Credentials;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;
import org.ipckit.natives.DescriptorBytes;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Peer;
import org.ipckit.transport.TransportUnavailableException;
import org.ipckit.transport.spi.Acceptor;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.Newcomer;
import org.ipckit.transport.spi.SocketFile;
import org.ipckit.transport.spi.SocketStream;

/** Unix domain sockets through native calls: with abstract names and the peer's pid. Loaded only when asked for. */
final class JnrUnixSockets implements UnixSockets {

    private static final int BACKLOG = 128;
    private static final int LONGEST_NAME_BYTES = 106;

    private JnrUnixSockets() {}

    /** @throws TransportUnavailableException if one of the libraries is not on the class path or does not load here */
    static UnixSockets load(Address address) {
        try {
            if (!DescriptorBytes.reasonWhyNot().isEmpty()) {
                throw new TransportUnavailableException(address + ": provider=jnr: " + DescriptorBytes.reasonWhyNot());
            }
            UnixSocketChannel.create().close();
            return new JnrUnixSockets();
        } catch (LinkageError | IOException missing) {
            throw new TransportUnavailableException(
                    address
                            + ": provider=jnr needs com.github.jnr:jnr-unixsocket and org.ipckit:ipckit-natives on the"
                            + " class path, and a system that they support: " + missing,
                    missing);
        }
    }

    @Override
    public Acceptor listen(Address address, UnixAccess access) {
        if (isAbstract(address)) {
            return listenAbstract(address, access);
        }
        Path file = SocketFile.of(address);
        return AddressOwnership.taking(address, file, ownership -> {
            SocketFile.removeStale(address, file, JnrUnixSockets::isLive);
            UnixServerSocketChannel channel = bind(new UnixSocketAddress(file.toFile()));
            try {
                ownership.made();
                access.applyTo(file);
            } catch (IOException | RuntimeException refused) {
                channel.close();
                throw refused;
            }
            return acceptor(address, access, channel, ownership);
        });
    }

    private static Acceptor listenAbstract(Address address, UnixAccess access) {
        try {
            // The kernel takes the name away with the socket: nothing to own, nothing to clean up.
            return acceptor(address, access, bind(abstractName(address)), () -> {});
        } catch (IOException refused) {
            throw new AddressInUseException(
                    "listen on " + address + ": the name cannot be bound: " + refused.getMessage()
                            + " (ss -xlp shows who listens)",
                    refused);
        }
    }

    private static Acceptor acceptor(
            Address address, UnixAccess access, UnixServerSocketChannel channel, Closeable ownership) {
        return new UnixAcceptor(address, access, channel, () -> accepted(channel), ownership);
    }

    private static UnixServerSocketChannel bind(UnixSocketAddress where) throws IOException {
        UnixServerSocketChannel channel = UnixServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.socket().bind(where, BACKLOG);
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static ByteStream accepted(UnixServerSocketChannel listening) throws IOException {
        UnixSocketChannel channel = listening.accept();
        return channel == null ? null : new Stream(channel);
    }

    @Override
    public Newcomer connect(Address address) throws IOException {
        if (isAbstract(address)) {
            return new Newcomer(new Stream(open(abstractName(address))));
        }
        Path file = SocketFile.of(address);
        SocketFile.requireSocket(address, file);
        try {
            return new Newcomer(new Stream(open(new UnixSocketAddress(file.toFile()))));
        } catch (IOException refused) {
            if (says(refused, "permission denied")) {
                throw new AccessDeniedException(
                        "connect to " + address + ": this user may not write to " + file, refused);
            }
            throw refused;
        }
    }

    /** Never waits: where the listener's queue is full, the system refuses. */
    private static UnixSocketChannel open(UnixSocketAddress where) throws IOException {
        UnixSocketChannel channel = UnixSocketChannel.create();
        try {
            channel.configureBlocking(false);
            if (!channel.connect(where)) {
                throw new IOException("the listener's queue is full");
            }
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static boolean isLive(Path file) {
        try (Channel reached = open(new UnixSocketAddress(file.toFile()))) {
            return reached.isOpen();
        } catch (IOException refused) {
            return !says(refused, "connection refused");
        }
    }

    private static boolean says(IOException refused, String words) {
        return String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT).contains(words);
    }

    private static boolean isAbstract(Address address) {
        return address.target().startsWith("@");
    }

    private static UnixSocketAddress abstractName(Address address) {
        String name = address.target().substring(1);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > LONGEST_NAME_BYTES) {
            throw new InvalidAddressException(
                    address + ": an abstract name has 1 to " + LONGEST_NAME_BYTES + " bytes, this one has " + bytes);
        }
        return new UnixSocketAddress("\0" + name);
    }

    /** A connected Unix socket; the library's own reading and writing allocates for each message. */
    private static final class Stream extends SocketStream<UnixSocketChannel> {

        private final Optional<Peer> peer;
        private final DescriptorBytes bytes;

        Stream(UnixSocketChannel channel) throws IOException {
            super(channel);
            this.bytes = new DescriptorBytes(channel.getFD(), "a Unix socket");
            Credentials credentials = channel.getOption(UnixSocketOptions.SO_PEERCRED);
            this.peer = Optional.of(new Peer(
                    OptionalLong.of(credentials.getPid()), OptionalLong.of(credentials.getUid()), Optional.empty()));
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return bytes.read(into);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return bytes.write(from);
        }

        @Override
        public Optional<Peer> peer() {
            return peer;
        }
    }
}
