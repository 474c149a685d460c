package org.ipckit.peers.junixsocket;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;
import org.ipckit.benchmarks.RawExchange;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** The channels of junixsocket, blocking, used as {@code raw-uds} uses those of the JDK. */
public final class JunixsocketContender implements PeerContender {

    @Override
    public String name() {
        return "peer-junixsocket";
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.empty();
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        Path file = folder.resolve("junixsocket");
        AFUNIXServerSocketChannel server = AFUNIXServerSocketChannel.open();
        try {
            server.bind(AFUNIXSocketAddress.of(file));
        } catch (IOException refused) {
            server.close();
            throw refused;
        }
        return Entrance.at(file.toString(), () -> exchange(server.accept()), server);
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        AFUNIXSocketChannel channel = AFUNIXSocketChannel.open();
        channel.connect(AFUNIXSocketAddress.of(Path.of(place)));
        return exchange(channel);
    }

    private static Exchange exchange(AFUNIXSocketChannel channel) {
        return new RawExchange(channel, channel, 0);
    }
}
