package org.ipckit.redis;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.SocketStream;
import org.ipckit.transport.spi.TcpStream;

/** Opens sockets to the servers of an address; where there is none it says how to come by one. Any thread may use it. */
final class RedisSockets {

    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int KEEP_ALIVE_TRIES = 3;

    private final RedisAddress address;

    RedisSockets(RedisAddress address) {
        this.address = address;
    }

    /** Goes through a socket file. */
    ByteStream unix(Path file) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(file));
            return new SocketStream<>(channel);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw absent(file.toString(), refused);
        }
    }

    /** Goes through the network, over TLS if the address says so. */
    ByteStream tcp(HostPort host, Deadline deadline) throws IOException {
        if (address.tls()) {
            Socket socket = new RedisTls(address).socket(host, millis(deadline), this::absent);
            return new TlsPump(address.address(), socket);
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(new InetSocketAddress(host.host(), host.port()), millis(deadline));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            keepAlive(channel);
            return new TcpStream(channel);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw absent(host.toString(), refused);
        }
    }

    /** A host that has vanished says nothing: the kernel asks for it, which a process that is stopped does not mind. */
    private static void keepAlive(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS / 2);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_TRIES);
        }
    }

    private static int millis(Deadline deadline) {
        long nanos = deadline.remainingNanos();
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, nanos / 1_000_000));
    }

    /** Returns one line that says where there is no server, and how to come by one. */
    private IOException absent(String where, Exception refused) {
        String reason = refused instanceof UnknownHostException
                        || refused instanceof java.nio.channels.UnresolvedAddressException
                ? "unknown host"
                : refused instanceof SocketTimeoutException
                        ? "it does not answer in time"
                        : String.valueOf(refused.getMessage());
        String start;
        if (address.isEmbedded()) {
            start = "; nobody listens, publishes or subscribes there, which would start it";
        } else if (address.place() instanceof RedisPlace.UnixSocket socket) {
            start = "; start one: redis-server --port 0 --unixsocket " + socket.file();
        } else {
            start = "; start one: redis-server --port " + where.substring(where.lastIndexOf(':') + 1)
                    + ", or use redis://embedded/" + address.channel() + ", which needs none";
        }
        IOException absent = new ConnectException("no Redis server at " + where + ": " + reason + start);
        absent.initCause(refused);
        return absent;
    }
}
