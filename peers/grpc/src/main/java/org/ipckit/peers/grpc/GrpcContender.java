package org.ipckit.peers.grpc;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ipckit.benchmarks.Exchange;
import org.ipckit.benchmarks.PeerContender;
import org.ipckit.transport.Capabilities;

/** gRPC over Netty's epoll and Unix domain sockets: a call for each question, a stream for what is not answered. */
public final class GrpcContender implements PeerContender {

    private static final long LONGEST_END_SECONDS = 2;

    /** Of all connections that this side opens, as a program has one; it ends with the process. */
    private EventLoopGroup connecting;

    @Override
    public String name() {
        return "peer-grpc";
    }

    @Override
    public Optional<String> meetsOnce() {
        return Optional.empty();
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        Path file = folder.resolve("grpc");
        OwnThread thread = new OwnThread();
        ServerExchange exchange = new ServerExchange(thread);
        EventLoopGroup loop = loop();
        Server server = NettyServerBuilder.forAddress(new DomainSocketAddress(file.toFile()))
                .channelType(EpollServerDomainSocketChannel.class)
                .bossEventLoopGroup(loop)
                .workerEventLoopGroup(loop)
                .executor(thread)
                .maxInboundMessageSize(Capabilities.DEFAULT_MAX_MESSAGE)
                .addService(exchange.service())
                .build()
                .start();
        // A service hears nothing of connections: a call is answered, whichever it comes with.
        return Entrance.at(file.toString(), () -> exchange, () -> {
            server.shutdownNow();
            end(loop);
        });
    }

    @Override
    public Exchange connect(String place, boolean batched) {
        if (connecting == null) {
            connecting = loop();
        }
        ManagedChannel channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(place))
                .channelType(EpollDomainSocketChannel.class, DomainSocketAddress.class)
                .eventLoopGroup(connecting)
                .usePlaintext()
                .maxInboundMessageSize(Capabilities.DEFAULT_MAX_MESSAGE)
                .build();
        return new ClientExchange(channel);
    }

    private static EventLoopGroup loop() {
        return new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("peer-grpc", true), EpollIoHandler.newFactory());
    }

    private static void end(EventLoopGroup loop) {
        loop.shutdownGracefully(0, LONGEST_END_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }
}
