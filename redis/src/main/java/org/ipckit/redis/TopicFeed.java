package org.ipckit.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.Daemons;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Sleeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is published to a channel, or to all channels of a pattern. When a session has ended, a thread of its own opens the
 * next. One thread receives; any thread asks for what was lost.
 */
final class TopicFeed implements Feed, Backlog.Source {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);

    private final RedisServer server;
    private final RedisAddress address;
    private final boolean pattern;
    private final MissedMessages missed;
    private final Backlog backlog;
    private final FeedSleeper sleeper;
    private volatile Session session;
    private volatile Session next;
    private volatile Ending over;
    private volatile Thread restorer;
    private volatile boolean closed;

    TopicFeed(RedisServer server) {
        this.server = server;
        this.address = server.address();
        this.pattern = address.options().flag("pattern", false);
        this.missed = new MissedMessages(address.options().flag("sequence", true));
        this.backlog = new Backlog(address.maxMessageBytes(), this);
        this.sleeper = new FeedSleeper(() -> session, () -> next != null, Long.MAX_VALUE);
    }

    @Override
    public void open() throws IOException {
        session = subscribed(Deadline.after(address.timeout()));
    }

    private Session subscribed(Deadline deadline) throws IOException {
        Session made = server.openToStay(deadline, address.channel());
        boolean done = false;
        // Whoever receives the first message after a gap finds the gap counted already.
        backlog.hold();
        try {
            missed.sessionBegins();
            made.onMessage((channel, message) -> take(made, channel, message));
            made.subscribe(
                    deadline,
                    pattern ? "PSUBSCRIBE" : "SUBSCRIBE",
                    address.channel().getBytes(StandardCharsets.UTF_8));
            missed.compare(made, pattern ? List.of() : List.of(address.channel()), deadline);
            done = true;
            return made;
        } catch (RefusedException refused) {
            throw server.explained(refused);
        } finally {
            backlog.release();
            if (!done) {
                made.close();
            }
        }
    }

    private void take(Session from, ByteBuffer channel, ByteBuffer message) {
        String name = pattern ? RespValues.text(channel) : address.channel();
        if (missed.received(name) && pattern) {
            try {
                missed.ask(from, name);
            } catch (IOException ended) {
                LOG.debug("subscribe to {}: {}", address, ended.getMessage());
            }
        }
        backlog.add(message);
    }

    @Override
    public long lost() {
        return missed.sum();
    }

    @Override
    public Inbox inbox() {
        return backlog;
    }

    @Override
    public void look() {
        if (next != null) {
            session = next;
            next = null;
        }
        Session current = session;
        if (!backlog.isFull()) {
            current.look();
        }
        // In this order: whoever restores says what is next before it says that it has finished.
        if (current.ended() != null && restorer == null && next == null) {
            lost(current);
        }
    }

    @Override
    public Ending over() {
        return over;
    }

    private void lost(Session ended) {
        if (ended.ended() instanceof RespReader.TooLongException large) {
            over = large.endOfSubscription(address);
            return;
        }
        LOG.warn(
                "subscribe to {}: the Redis server has ended this subscription ({}): it has stopped, somebody has killed"
                        + " it (CLIENT KILL), or {}; subscribing again",
                address,
                ended.ended().getMessage(),
                SlowSubscriber.EXPLANATION);
        restorer = Daemons.thread("subscription " + address, () -> restore(ended));
        restorer.start();
    }

    private void restore(Session ended) {
        ended.closeQuietly();
        long lostBefore = lost();
        Backoff backoff = new Backoff(() -> closed);
        while (backoff.pause()) {
            try {
                server.start();
                Session made = subscribed(Deadline.after(address.timeout()));
                LOG.warn(
                        "subscribe to {}: subscribed again; {} messages were lost meanwhile; the server keeps for a slow"
                                + " subscriber: {}",
                        address,
                        missed.since(lostBefore),
                        SlowSubscriber.limitOf(made, Deadline.after(address.timeout())));
                next = made;
                restorer = null;
                sleeper.wake();
                return;
            } catch (IOException | TransportException notYet) {
                LOG.debug("subscribe to {}: {}", address, notYet.getMessage());
            }
        }
    }

    @Override
    public Sleeper sleeper() {
        return sleeper;
    }

    /** Ends it; no thread receives any more. */
    @Override
    public void close() throws IOException {
        closed = true;
        Thread restoring = restorer;
        if (restoring != null) {
            LockSupport.unpark(restoring);
            Interruptions.during(restoring::join);
        }
        if (next != null) {
            next.close();
        }
        session.close();
    }
}
