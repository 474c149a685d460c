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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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

    /** No answer of a sentinel is longer. */
    private static final int SHORT = 1 << 20;

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
            return greeted(tcp(host(network, key, soon), soon), soon);
        }
        Path file = place instanceof RedisPlace.Embedded embedded
                ? EmbeddedServer.in(embedded.folder()).socket()
                : ((RedisPlace.UnixSocket) place).file();
        return greeted(unix(file), soon);
    }

    /**
     * As {@link #open}, for who stays: where the server of the channel or key becomes another one while the session's own
     * lives on, the session ends.
     */
    Session openToStay(Deadline deadline, String key) throws IOException {
        Session session = open(deadline, key);
        watch(session, key, session::abandon);
        return session;
    }

    /** Has somebody told when another node of a cluster has the slot of the key that a session was opened for. */
    void watch(Session session, String key, Consumer<String> moved) {
        if (address.cluster()) {
            SlotWatch.watch(session, key, moved);
        }
    }

    private HostPort host(RedisPlace.Network network, String key, Deadline deadline) throws IOException {
        if (address.sentinel().isPresent()) {
            // Sentinels know no users of the master's, and need not be greeted.
            return new ServerSearch(
                            network.hosts(), (each, soon) -> new Session(address.address(), tcp(each, soon), SHORT))
                    .master(address.sentinel().get(), deadline);
        }
        if (address.cluster()) {
            return new ServerSearch(network.hosts(), (each, soon) -> greeted(tcp(each, soon), soon))
                    .node(key, deadline);
        }
        return network.hosts().get(0);
    }

    private Session greeted(ByteStream stream, Deadline deadline) throws IOException {
        Session session = new Session(address.address(), stream, address.maxMessageBytes() + 1);
        boolean done = false;
        try {
            greet(session, deadline);
            done = true;
            return session;
        } catch (RefusedException refused) {
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
        requireMaster(session.ask(deadline, hello.toArray()));
        if (address.database() != 0) {
            session.ask(deadline, "SELECT", address.database());
        }
        // One that is still reading what it had saved greets everybody, and refuses everything else.
        ServerError refusal = session.ping(deadline);
        if (refusal != null && refusal.isForNow()) {
            throw new RefusedException(refusal);
        }
    }

    /** Sentinels may name one that was the master until a moment ago, and takes what is published nowhere. */
    private void requireMaster(Object greeting) throws IOException {
        String role = RespValues.text(RespValues.valueOf(greeting, "role"));
        if (address.sentinel().isPresent() && !role.equals("master")) {
            throw new IOException("the server that the sentinels call '"
                    + address.sentinel().get() + "' says that it is a " + role + "; there is no master now");
        }
    }

    /**
     * Says what a refusal means.
     *
     * @return what to throw where trying again may help
     * @throws AccessDeniedException if this process may not
     * @throws MechanismException if trying again would not help
     */
    IOException explained(RefusedException refused) {
        ServerError error = refused.error();
        String who = address + ": the Redis server at " + address.place();
        if (error.is("WRONGPASS") || error.is("NOAUTH") || error.is("NOPERM") || error.is("DENIED")) {
            throw new AccessDeniedException(
                    who + " refuses this process: " + error
                            + (address.password() == null ? "; redis://USER:PASSWORD@HOST names a user" : ""),
                    refused);
        }
        if (isPassing(error)) {
            return refused;
        }
        if (error.text().contains("unknown command")) {
            throw new MechanismException(who + " is older than Redis 6, which is needed: " + error, refused);
        }
        throw new MechanismException(who + " refuses: " + error, refused);
    }

    /** Returns true if trying again may help, here or at the server that has taken this one's place. */
    boolean isPassing(ServerError error) {
        boolean several = address.cluster() || address.sentinel().isPresent();
        return error.isForNow() || (several && error.isElsewhere());
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
}
