package org.ipckit.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.Daemons;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.MessageInbox;
import org.ipckit.transport.spi.Sleeper;
import org.ipckit.transport.spi.ThreadSleeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is published to a channel, or to all channels of a pattern. When a session has ended, a thread of its own opens the
 * next. One thread receives; any thread asks for what was lost.
 */
final class TopicFeed implements Feed {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFeed.class);

    /** More is left to the server, which ends the session of one who is too slow. */
    private static final long MOST_WAITING_BYTES = 64L << 20;

    private final RedisServer server;
    private final RedisAddress address;
    private final boolean pattern;
    private final boolean counted;
    private final Gaps gaps = new Gaps();
    private final Queue<Message> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicLong arrivedBytes = new AtomicLong();
    private final ThreadSleeper untilNext = new ThreadSleeper();
    private volatile Session session;
    private volatile Session next;
    private volatile Ending over;
    private volatile Thread restorer;
    private volatile boolean closed;

    TopicFeed(RedisServer server) {
        this.server = server;
        this.address = server.address();
        this.pattern = address.options().flag("pattern", false);
        this.counted = address.options().flag("sequence", true);
    }

    @Override
    public void open() throws IOException {
        session = subscribed(Deadline.after(address.timeout()));
    }

    private Session subscribed(Deadline deadline) throws IOException {
        Session made = server.openToStay(deadline, address.channel());
        boolean done = false;
        try {
            gaps.sessionBegins();
            made.onMessage((channel, message) -> take(made, channel, message));
            made.subscribe(
                    deadline,
                    pattern ? "PSUBSCRIBE" : "SUBSCRIBE",
                    address.channel().getBytes(StandardCharsets.UTF_8));
            for (String known : pattern ? gaps.names() : List.of(address.channel())) {
                count(made, known);
            }
            // Answered after all of the above.
            made.ping(deadline);
            done = true;
            return made;
        } catch (RefusedException refused) {
            throw server.explained(refused);
        } finally {
            if (!done) {
                made.close();
            }
        }
    }

    private void take(Session from, ByteBuffer channel, ByteBuffer message) {
        String name = pattern ? RespValues.text(channel) : address.channel();
        if (gaps.received(name) && pattern) {
            try {
                count(from, name);
            } catch (IOException ended) {
                LOG.debug("subscribe to {}: {}", address, ended.getMessage());
            }
        }
        arrivedBytes.addAndGet(message.remaining());
        arrived.add(Message.copyOf(message));
    }

    /** Asks for the counter; the answer comes in the order of the messages. */
    private void count(Session in, String channel) throws IOException {
        if (counted) {
            String counter = Channels.counter(channel);
            // Refused to one who may only read, who then learns less.
            in.send(answer -> {}, "HSETNX", counter, Channels.EPOCH, Channels.newToken());
            in.send(answer -> {}, "PEXPIRE", counter, Channels.COUNTER_KEPT_MILLIS);
            in.send(answer -> takeCount(channel, answer), "HMGET", counter, Channels.EPOCH, Channels.COUNT);
        }
    }

    private void takeCount(String channel, Object answer) {
        if (answer instanceof List<?> epochAndCount) {
            Object count = epochAndCount.get(1);
            gaps.counted(
                    channel,
                    RespValues.text(epochAndCount.get(0)),
                    count == RespReader.NIL ? 0 : Long.parseLong(RespValues.text(count)));
        }
    }

    @Override
    public long lost() {
        return gaps.lost();
    }

    @Override
    public Inbox inbox() {
        return new In();
    }

    /** Called by the one who receives. */
    private void look() {
        if (next != null) {
            session = next;
            next = null;
        }
        Session current = session;
        if (arrivedBytes.get() <= MOST_WAITING_BYTES) {
            current.look();
        }
        // In this order: whoever restores says what is next before it says that it has finished.
        if (current.ended() != null && restorer == null && next == null) {
            lost(current);
        }
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
        closeQuietly(ended);
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
                        counted ? lost() - lostBefore : "nobody knows how many",
                        SlowSubscriber.limitOf(made, Deadline.after(address.timeout())));
                next = made;
                restorer = null;
                untilNext.wake();
                return;
            } catch (IOException | TransportException notYet) {
                LOG.debug("subscribe to {}: {}", address, notYet.getMessage());
            }
        }
    }

    private static void closeQuietly(Session ended) {
        try {
            ended.close();
        } catch (IOException gone) {
            LOG.debug("closing {}", ended, gone);
        }
    }

    @Override
    public Sleeper sleeper() {
        return new FeedSleeper();
    }

    /** Sleeps on the session while there is one. */
    private final class FeedSleeper implements Sleeper {

        @Override
        public void sleep(long nanos) {
            Session current = session;
            if (next != null) {
                return;
            }
            if (current.ended() != null) {
                untilNext.sleep(nanos);
            } else {
                current.untilArrival().sleep(nanos);
            }
        }

        @Override
        public void wake() {
            untilNext.wake();
            session.untilArrival().wake();
        }

        @Override
        public void close() {
            untilNext.close();
        }
    }

    private final class In extends MessageInbox {

        In() {
            super(address.maxMessageBytes());
        }

        @Override
        public int look() {
            int known = next();
            if (known != NONE) {
                return known;
            }
            TopicFeed.this.look();
            boolean end = over != null;
            known = next();
            return known == NONE && end ? END : known;
        }

        @Override
        protected Message first() {
            return arrived.peek();
        }

        @Override
        public void consume(int sizeBytes) {
            arrivedBytes.addAndGet(-arrived.remove().size());
        }

        @Override
        protected Ending whyOver() {
            return over;
        }
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
