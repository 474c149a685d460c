package org.ipckit.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/** The JDK's own socket channels, blocking: {@code raw-uds} and {@code raw-tcp}. */
final class RawSockets implements Contender {

    private final StandardProtocolFamily family;
    private final int sizeBytes;

    RawSockets(StandardProtocolFamily family, int sizeBytes) {
        this.family = family;
        this.sizeBytes = sizeBytes;
    }

    private boolean unix() {
        return family == StandardProtocolFamily.UNIX;
    }

    @Override
    public String name() {
        return unix() ? "raw-uds" : "raw-tcp";
    }

    @Override
    public Group group() {
        return Group.RAW;
    }

    @Override
    public Optional<String> limit() {
        return Optional.of(unix() ? "uds" : "tcp");
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.empty();
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        SocketAddress wanted = unix()
                ? UnixDomainSocketAddress.of(folder.resolve("socket"))
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerSocketChannel server = ServerSocketChannel.open(family);
        try {
            server.bind(wanted);
        } catch (IOException refused) {
            server.close();
            throw refused;
        }
        SocketAddress bound = server.getLocalAddress();
        return new Entrance() {
            @Override
            public String place() {
                return bound instanceof InetSocketAddress internet
                        ? Integer.toString(internet.getPort())
                        : bound.toString();
            }

            @Override
            public Exchange accept() throws IOException {
                return exchange(server.accept());
            }

            @Override
            public void close() throws IOException {
                server.close();
            }
        };
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        return exchange(SocketChannel.open(
                unix()
                        ? UnixDomainSocketAddress.of(place)
                        : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(place))));
    }

    private Exchange exchange(SocketChannel channel) throws IOException {
        if (!unix()) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        return new RawExchange(channel, channel, sizeBytes);
    }
}
