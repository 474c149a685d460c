package org.ipckit.peers.netty;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;

/** Netty with epoll over Unix domain sockets: frames with a length before them, on the event loop of the end's thread. */
public final class NettyContender implements PeerContender {

    /** Of all connections that this side opens, as a program has one; made by the thread that connects first. */
    private OwnLoop connecting;

    @Override
    public String name() {
        return "peer-netty";
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.empty();
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        Path file = folder.resolve("netty");
        OwnLoop loop = new OwnLoop();
        Queue<FrameExchange> connected = new ArrayDeque<>();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop.group())
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(FrameExchange.handlers(loop, connected));
        Channel server = loop.await(bootstrap.bind(new DomainSocketAddress(file.toFile())), "bind");
        return Entrance.at(file.toString(), () -> next(connected, loop), () -> loop.close(server));
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        if (connecting == null) {
            connecting = new OwnLoop();
        }
        Queue<FrameExchange> connected = new ArrayDeque<>();
        Bootstrap bootstrap = new Bootstrap()
                .group(connecting.group())
                .channel(EpollDomainSocketChannel.class)
                .handler(FrameExchange.handlers(connecting, connected));
        connecting.await(bootstrap.connect(new DomainSocketAddress(place)), "connect");
        return next(connected, connecting);
    }

    private static Exchange next(Queue<FrameExchange> connected, OwnLoop loop) throws IOException {
        loop.turnUntil(() -> !connected.isEmpty(), "a connection");
        return connected.remove();
    }
}
