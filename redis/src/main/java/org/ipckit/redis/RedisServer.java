package org.ipckit.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.Deadline;

/** The server of an address: starts it if it is ours to start, and opens sessions with it. Any thread may use it. */
final class RedisServer {

    /** A try takes several answers of the server, however little time is left. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    /** No answer of a sentinel is longer. */
    private static final int SHORT = 1 << 20;

    private final RedisAddress address;
    private final RedisSockets sockets;

    RedisServer(RedisAddress address) {
        this.address = address;
        this.sockets = new RedisSockets(address);
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
            return greeted(sockets.tcp(host(network, key, soon), soon), soon);
        }
        Path file = place instanceof RedisPlace.Embedded embedded
                ? EmbeddedServer.in(embedded.folder()).socket()
                : ((RedisPlace.UnixSocket) place).file();
        return greeted(sockets.unix(file), soon);
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
                            network.hosts(),
                            (each, soon) -> new Session(address.address(), sockets.tcp(each, soon), SHORT))
                    .master(address.sentinel().get(), deadline);
        }
        if (address.cluster()) {
            return new ServerSearch(network.hosts(), (each, soon) -> greeted(sockets.tcp(each, soon), soon))
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
}
