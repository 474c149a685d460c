package org.ipckit.redis;

import java.io.IOException;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Dialer;

/**
 * Makes connections of pairs of private channels. A newcomer subscribes to a channel of its own, says its token where the
 * listener is subscribed, and is welcomed once the listener is subscribed to the other channel of the pair.
 */
final class RedisConnections {

    private static final Duration ASK_EVERY = Duration.ofMillis(250);
    private static final Duration LEAST = Duration.ofSeconds(2);

    private RedisConnections() {}

    static Listener listen(RedisAddress address, Capabilities capabilities) {
        RedisServer server = new RedisServer(address);
        server.start();
        return RedisListener.listen(server, capabilities);
    }

    static Connection connect(RedisAddress address, Capabilities capabilities, Duration timeout) {
        RedisServer server = new RedisServer(address);
        return Dialer.retry(address.address(), timeout, deadline -> reach(server, capabilities, deadline));
    }

    private static Connection reach(RedisServer server, Capabilities capabilities, Deadline deadline)
            throws IOException {
        RedisAddress address = server.address();
        Channels channels = new Channels(address.channel());
        // A try takes several answers of the server, however little time is left.
        Deadline soon = deadline.expired() ? Deadline.after(LEAST) : deadline;
        Session session = server.open(soon, channels.key());
        boolean reached = false;
        try {
            String token = Channels.newToken();
            PairEnd end = new PairEnd(session, channels.ofListener(token), capabilities.maxMessageSize());
            session.subscribe(soon, "SUBSCRIBE", channels.ofClient(token));
            Object listeners = session.ask(soon, "PUBLISH", channels.rendezvous(), Channels.hello(token));
            awaitWelcome(session, end, channels, soon, listeners);
            reached = true;
            return end.connection(address.address(), capabilities, address.waitStrategy());
        } catch (RefusedException refused) {
            throw server.explained(refused);
        } finally {
            if (!reached) {
                session.close();
            }
        }
    }

    private static void awaitWelcome(
            Session session, PairEnd end, Channels channels, Deadline deadline, Object listeners) throws IOException {
        Object present = listeners;
        while (!present.equals(0L)) {
            try {
                session.await(end::isWelcome, deadline.orWithin(ASK_EVERY), "hello");
                return;
            } catch (NoAnswerException notYet) {
                if (deadline.expired()) {
                    throw notYet;
                }
            }
            present = subscribers(session, channels.rendezvous(), deadline);
        }
        throw new IOException("nobody listens on channel '" + channels.key() + "' of its Redis server");
    }

    /** Returns how many are subscribed to a channel. */
    static Long subscribers(Session session, byte[] channel, Deadline deadline) throws IOException {
        Object answer = session.ask(deadline, "PUBSUB", "NUMSUB", channel);
        return (Long) ((java.util.List<?>) answer).get(1);
    }

    /**
     * Takes a newcomer.
     *
     * @throws IOException if it or the server is gone
     */
    static Connection welcome(RedisServer server, Capabilities capabilities, String token, Deadline deadline)
            throws IOException {
        RedisAddress address = server.address();
        Channels channels = new Channels(address.channel());
        Session session = server.open(deadline, channels.key());
        boolean welcomed = false;
        try {
            PairEnd end = new PairEnd(session, channels.ofClient(token), capabilities.maxMessageSize());
            session.subscribe(deadline, "SUBSCRIBE", channels.ofListener(token));
            Object there = session.ask(deadline, "PUBLISH", channels.ofClient(token), new byte[] {Mark.WELCOME});
            if (there.equals(0L)) {
                throw new IOException("the newcomer has gone again");
            }
            welcomed = true;
            Address bound = address.address();
            return end.connection(bound, capabilities, address.waitStrategy());
        } finally {
            if (!welcomed) {
                session.close();
            }
        }
    }
}
