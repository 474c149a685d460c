package org.ipckit.transport.spi;

import static java.time.Duration.ofSeconds;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;

/** A Unix socket as a stream mechanism in the least possible code, for the tests of what stands above it. */
final class UnixPlace {

    final Address address;
    final Capabilities capabilities = Capabilities.reliable(1 << 20);
    private final Path path;

    UnixPlace(Path folder, String options) {
        path = folder.resolve("s");
        address = Address.parse("test://" + path + options);
    }

    Path path() {
        return path;
    }

    StreamOptions options() {
        return StreamOptions.of(address, Options.of(address, StreamOptions.namesWith()));
    }

    StreamListener listen() throws IOException {
        return listen(Newcomer::new);
    }

    StreamListener listen(Function<ByteStream, Newcomer> greeting) throws IOException {
        return listen(new Place(greeting));
    }

    StreamListener listen(Acceptor acceptor) {
        return new StreamListener(address, capabilities, options(), acceptor);
    }

    Connection connect() {
        return connect(ofSeconds(30));
    }

    Connection connect(Duration timeout) {
        return connect(timeout, Newcomer::new);
    }

    Connection connect(Duration timeout, Function<ByteStream, Newcomer> greeting) {
        return Dialer.connect(
                address, capabilities, options(), timeout, deadline -> greeting.apply(new SocketStream<>(dial())));
    }

    /** Connects without a word. */
    SocketChannel dial() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    /** Reads what there is without waiting; -1 at the end. */
    static int read(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        return channel.read(ByteBuffer.allocate(1000));
    }

    /** Returns how many descriptors this process has open. */
    static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    /** Where newcomers arrive. */
    class Place implements Acceptor {

        private final ServerSocketChannel channel;
        private final Function<ByteStream, Newcomer> greeting;

        Place(Function<ByteStream, Newcomer> greeting) throws IOException {
            this.greeting = greeting;
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(UnixDomainSocketAddress.of(path), 200);
            channel.configureBlocking(false);
        }

        @Override
        public SelectableChannel channel() {
            return channel;
        }

        @Override
        public Newcomer accept() throws IOException {
            SocketChannel arrived = channel.accept();
            return arrived == null ? null : greeting.apply(new SocketStream<>(arrived));
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(path);
        }
    }
}
