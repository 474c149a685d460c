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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.net.ExtendedSocketOptions;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.SocketStream;
import org.ipckit.transport.spi.TcpStream;

/** The server of an address: starts it if it is ours to start, and opens sessions with it. Any thread may use it. */
final class RedisServer {

    /** A try takes several answers of the server, however little time is left. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final int KEEP_ALIVE_TRIES = 3;

    private final RedisAddress address;

    RedisServer(RedisAddress address) {
        this.address = address;
    }

    RedisAddress address() {
        return address;
    }

    /** Starts the server if it is the embedded one and does not run; for those who offer something there. */
    void start() {
        if (address.place() instanceof RedisPlace.Embedded embedded) {
            EmbeddedServer.in(embedded.folder()).ensureRunning(address.address());
        }
    }

    /**
     * Opens a session.
     *
     * @param key the channel or key that it is for, which chooses the server of a cluster
     * @throws IOException if there is no server now; it may come
     * @throws AccessDeniedException if it does not let us in
     */
    Session open(Deadline deadline, String key) throws IOException {
        Deadline soon = deadline.expired() ? Deadline.after(LEAST) : deadline;
        RedisPlace place = address.place();
        if (place instanceof RedisPlace.Network network) {
            if (address.sentinel().isPresent()) {
                return greeted(tcp(master(network, soon), soon), soon);
            }
            if (address.cluster()) {
                return greeted(tcp(node(network, key, soon), soon), soon);
            }
            return greeted(tcp(network.hosts().get(0), soon), soon);
        }
        Path file = place instanceof RedisPlace.Embedded embedded
                ? EmbeddedServer.in(embedded.folder()).socket()
                : ((RedisPlace.UnixSocket) place).file();
        return greeted(unix(file), soon);
    }

    private Session greeted(ByteStream stream, Deadline deadline) throws IOException {
        Session session = new Session(address.address(), stream, address.maxMessageBytes() + 1);
        boolean done = false;
        try {
            greet(session, deadline);
            done = true;
            return session;
        } catch (Session.RefusedException refused) {
            throw explained(refused);
        } finally {
            if (!done) {
                session.close();
            }
        }
    }

    private void greet(Session session, Deadline deadline) throws IOException {
        List<Object> hello = new ArrayList<>(List.of("HELLO", "3"));
        if (address.password() != null) {
            hello.addAll(List.of("AUTH", address.user(), address.password()));
        }
        hello.addAll(List.of("SETNAME", "ipckit-" + ProcessHandle.current().pid()));
        session.ask(deadline, hello.toArray());
        if (address.database() != 0) {
            session.ask(deadline, "SELECT", address.database());
        }
        // One that is still reading what it had saved greets everybody, and refuses everything else.
        ServerError refusal = session.ping(deadline);
        if (refusal != null && isForNow(refusal)) {
            throw new Session.RefusedException(refusal);
        }
    }

    /**
     * Says what a refusal means.
     *
     * @return what to throw where trying again may help
     * @throws AccessDeniedException if this process may not
     * @throws MechanismException if trying again would not help
     */
    IOException explained(Session.RefusedException refused) {
        ServerError error = refused.error();
        String who = address + ": the Redis server at " + address.place();
        if (error.is("WRONGPASS") || error.is("NOAUTH") || error.is("NOPERM") || error.is("DENIED")) {
            throw new AccessDeniedException(
                    who + " refuses this process: " + error
                            + (address.password() == null ? "; redis://USER:PASSWORD@HOST names a user" : ""),
                    refused);
        }
        if (isForNow(error)) {
            return refused;
        }
        if (error.text().contains("unknown command")) {
            throw new MechanismException(who + " is older than Redis 6, which is needed: " + error, refused);
        }
        throw new MechanismException(who + " refuses: " + error, refused);
    }

    private static boolean isForNow(ServerError error) {
        return error.is("LOADING") || error.is("MASTERDOWN") || error.is("BUSY");
    }

    // ---------------------------------------------------------------- sockets

    private ByteStream unix(Path file) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(file));
            return new SocketStream<>(channel);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw absent(file.toString(), refused);
        }
    }

    private ByteStream tcp(HostPort host, Deadline deadline) throws IOException {
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

    static int millis(Deadline deadline) {
        long nanos = deadline.remainingNanos();
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, nanos / 1_000_000));
    }

    /** Returns one line that says where there is no server, and how to come by one. */
    IOException absent(String where, Exception refused) {
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

    // ---------------------------------------------------------------- several servers

    /** Asks those who watch over it which server is the master now. */
    private HostPort master(RedisPlace.Network sentinels, Deadline deadline) throws IOException {
        String name = address.sentinel().orElseThrow();
        IOException last = null;
        for (HostPort each : sentinels.hosts()) {
            try (Session session = new Session(address.address(), tcp(each, deadline), 1 << 20)) {
                if (session.ask(deadline, "SENTINEL", "get-master-addr-by-name", name) instanceof List<?> found) {
                    return new HostPort(Session.text(found.get(0)), Integer.parseInt(Session.text(found.get(1))));
                }
                last = new IOException("the sentinel at " + each + " watches over no master '" + name + "'");
            } catch (IOException refused) {
                last = refused;
            }
        }
        throw last;
    }

    /** Asks any node of a cluster which one has the slot of the key. */
    private HostPort node(RedisPlace.Network nodes, String key, Deadline deadline) throws IOException {
        IOException last = null;
        for (HostPort each : nodes.hosts()) {
            try (Session session = greeted(tcp(each, deadline), deadline)) {
                long slot = redis.clients.jedis.util.JedisClusterCRC16.getSlot(key.getBytes(StandardCharsets.UTF_8));
                Object slots = session.ask(deadline, "CLUSTER", "SLOTS");
                for (Object range : (List<?>) slots) {
                    List<?> parts = (List<?>) range;
                    if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
                        List<?> master = (List<?>) parts.get(2);
                        String host = Session.text(master.get(0));
                        return new HostPort(
                                host.isEmpty() ? each.host() : host,
                                Integer.parseInt(master.get(1).toString()));
                    }
                }
                last = new IOException("no node of the cluster has the slot " + slot + " of '" + key + "'");
            } catch (IOException refused) {
                last = refused;
            }
        }
        throw last;
    }
}
