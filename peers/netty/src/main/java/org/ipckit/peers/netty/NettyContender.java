package org.ipckit.peers.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;

/** Netty with epoll over Unix domain sockets: frames with a length before them, on the event loop of the end's thread. */
public final class NettyContender implements PeerContender {

    @Override
    public String name() {
        return "peer-netty";
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        Path file = folder.resolve("netty");
        OwnLoop loop = new OwnLoop();
        FrameExchange exchange = new FrameExchange(loop);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop.group())
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(exchange.handlers());
        Channel server = loop.await(bootstrap.bind(new DomainSocketAddress(file.toFile())), "bind");
        return Entrance.at(file.toString(), exchange::whenConnected, () -> loop.close(server));
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        OwnLoop loop = new OwnLoop();
        FrameExchange exchange = new FrameExchange(loop);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop.group())
                .channel(EpollDomainSocketChannel.class)
                .handler(exchange.handlers());
        loop.await(bootstrap.connect(new DomainSocketAddress(place)), "connect");
        return exchange.whenConnected();
    }
}
