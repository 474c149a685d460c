package org.ipckit.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.AcceptQueue;
import org.ipckit.transport.spi.Daemons;
import org.ipckit.transport.spi.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is subscribed to where newcomers say that they have come, and takes them, on a thread of its own. When the server has
 * ended its connection it subscribes again as soon as there is one.
 */
final class RedisListener implements Listener {

    private static final Logger LOG = LoggerFactory.getLogger(RedisListener.class);
    private static final Duration PATIENCE_WITH_NEWCOMER = Duration.ofSeconds(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);
    private static final int MOST_UNACCEPTED = 1024;
    private static final int TRIES = 10;

    private final RedisServer server;
    private final Capabilities capabilities;
    private final Channels channels;
    private final AcceptQueue<Connection> accepted;
    private final Queue<String> newcomers = new ArrayDeque<>();
    private final Thread thread;
    private volatile Session session;
    private volatile boolean closed;

    private RedisListener(RedisServer server, Capabilities capabilities) {
        this.server = server;
        this.capabilities = capabilities;
        this.channels = new Channels(server.address().channel());
        this.accepted = new AcceptQueue<>(address());
        this.thread = Daemons.thread("listener " + address(), this::run);
    }

    static RedisListener listen(RedisServer server, Capabilities capabilities) {
        RedisListener listener = new RedisListener(server, capabilities);
        try {
            listener.session =
                    listener.subscribed(Deadline.after(server.address().timeout()));
        } catch (IOException refused) {
            throw new ConnectFailedException("listen on " + listener.address() + ": " + refused.getMessage(), refused);
        }
        listener.thread.start();
        return listener;
    }

    /** Returns a session that is the only one at the rendezvous. */
    private Session subscribed(Deadline deadline) throws IOException {
        Session made = server.openToStay(deadline, channels.key());
        boolean alone = false;
        try {
            made.onMessage((channel, hello) -> Channels.tokenOf(
                            StandardCharsets.UTF_8.decode(hello).toString())
                    .ifPresent(newcomers::add));
            for (int tries = 0; !alone; tries++) {
                requireNobody(made, deadline, tries);
                made.subscribe(deadline, "SUBSCRIBE", channels.rendezvous());
                // Two may have found nobody at the same time: then both step back, and not for the same time.
                alone = RedisConnections.subscribers(made, channels.rendezvous(), deadline) == 1;
                if (!alone) {
                    made.subscribe(deadline, "UNSUBSCRIBE", channels.rendezvous());
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(50_000_000));
                }
            }
            return made;
        } catch (RefusedException refused) {
            throw server.explained(refused);
        } finally {
            if (!alone) {
                made.close();
            }
        }
    }

    private void requireNobody(Session made, Deadline deadline, int tries) throws IOException {
        long there = RedisConnections.subscribers(made, channels.rendezvous(), deadline);
        if (there > 0) {
            // The server may not have noticed yet that the last one has died.
            LockSupport.parkNanos(50_000_000);
            there = RedisConnections.subscribers(made, channels.rendezvous(), deadline);
        }
        if (there > 0 || tries >= TRIES) {
            throw new AddressInUseException(
                    "listen on " + address() + ": a live process listens there (PUBSUB NUMSUB says " + there + ")");
        }
    }

    private void run() {
        while (!closed) {
            try {
                session.await(() -> closed || !newcomers.isEmpty(), Deadline.NEVER, "newcomers");
                for (String token = newcomers.poll(); token != null && !closed; token = newcomers.poll()) {
                    welcome(token);
                }
            } catch (IOException lost) {
                if (!closed) {
                    LOG.warn("listen on {}: {}; newcomers wait until it is back", address(), lost.getMessage());
                    subscribeAgain();
                }
            }
        }
    }

    private void welcome(String token) {
        if (accepted.size() >= MOST_UNACCEPTED) {
            LOG.warn("listen on {}: {} wait to be accepted, another is left waiting", address(), MOST_UNACCEPTED);
            return;
        }
        try {
            Connection connection =
                    RedisConnections.welcome(server, capabilities, token, Deadline.after(PATIENCE_WITH_NEWCOMER));
            if (!accepted.add(connection)) {
                connection.close();
            }
        } catch (IOException | TransportException gone) {
            LOG.info("listen on {}: a newcomer could not be taken: {}", address(), gone.getMessage());
        }
    }

    private void subscribeAgain() {
        session.closeQuietly();
        Backoff backoff = new Backoff(() -> closed);
        while (backoff.pause()) {
            try {
                server.start();
                session = subscribed(Deadline.after(server.address().timeout()));
                LOG.info("listen on {}: the server is back", address());
                return;
            } catch (IOException | TransportException notYet) {
                LOG.debug("listen on {}: {}", address(), notYet.getMessage());
            }
        }
    }

    @Override
    public Address address() {
        return server.address().address();
    }

    @Override
    public Optional<Connection> accept(Duration timeout) {
        return accepted.take(timeout);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Interruptions.during(() -> {
            while (thread.isAlive()) {
                session.untilArrival().wake();
                LockSupport.unpark(thread);
                thread.join(10);
            }
            leave();
        });
        accepted.close(Connection::close);
    }

    /** The next listener asks who is there: it must not find this one. */
    private void leave() {
        try {
            if (session.ended() == null) {
                session.subscribe(Deadline.after(LAST_WORDS), "UNSUBSCRIBE", channels.rendezvous());
            }
        } catch (IOException gone) {
            LOG.debug("listen on {}: {}", address(), gone.getMessage());
        } finally {
            session.closeQuietly();
        }
    }

    @Override
    public String toString() {
        return "Listener[" + address() + "]";
    }
}
