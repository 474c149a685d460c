package org.ipckit.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.DuplexConnection;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.MessageInbox;
import org.ipckit.transport.spi.Outbox;
import org.ipckit.transport.spi.Sleeper;

/**
 * One end of a pair of private channels: publishes to one, is subscribed to the other, and asks the server whether anybody
 * still is at the other end. One thread sends while another receives.
 */
final class PairEnd {

    /** What the server is asked so often by who waits: a dead peer has to be noticed within a second. */
    private static final Duration ASK_EVERY = Duration.ofMillis(300);

    /** More is left to the server, which ends the connection of one who is too slow. */
    private static final long MOST_WAITING_BYTES = 64L << 20;

    private static final int LOOKS_BETWEEN_CLOCKS = 64;

    private final Session session;
    private final byte[] theirs;
    private final int maxMessageBytes;
    private final Queue<Message> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicLong arrivedBytes = new AtomicLong();
    private final Answer published = this::published;
    private final Answer asked = this::asked;
    private volatile boolean welcome;

    /** Why nothing more will come; set after all that came before. */
    private volatile Ending over;

    private volatile boolean asking;
    private long askedNanos = System.nanoTime();
    private int looks;

    /**
     * Makes an end, and takes what comes to the session's channel from now on.
     *
     * @param theirs the channel that the peer is subscribed to
     */
    PairEnd(Session session, byte[] theirs, int maxMessageBytes) {
        this.session = session;
        this.theirs = theirs;
        this.maxMessageBytes = maxMessageBytes;
        session.onMessage((channel, message) -> take(message));
    }

    boolean isWelcome() {
        return welcome;
    }

    /** Returns the connection that has this end. */
    Connection connection(Address address, Capabilities capabilities, WaitStrategy wait) {
        return new DuplexConnection(
                address,
                capabilities,
                wait,
                new Out(),
                session.untilRoom(),
                new In(),
                new ArrivalSleeper(),
                session,
                Optional.empty());
    }

    private void take(ByteBuffer bytes) {
        if (over != null) {
            return;
        }
        byte mark = bytes.hasRemaining() ? bytes.get() : 0;
        if (mark == Mark.MESSAGE) {
            arrived.add(Message.copyOf(bytes));
            arrivedBytes.addAndGet(bytes.remaining());
        } else if (mark == Mark.BYE && !bytes.hasRemaining()) {
            over = Ending.goodbye();
        } else if (mark == Mark.WELCOME && !bytes.hasRemaining() && !welcome) {
            welcome = true;
        } else {
            over = Ending.corrupt("what came through the private channel is not our protocol: it begins with 0x"
                    + Integer.toHexString(mark & 0xff));
        }
    }

    private void published(Object receivers) {
        if (receivers instanceof ServerError error) {
            end(Ending.loss("the server has refused a message: " + error, null));
        } else if (receivers.equals(0L)) {
            end(peerIsGone());
        }
    }

    private void asked(Object subscribers) {
        if (subscribers instanceof List<?> channelAndCount
                && channelAndCount.get(1).equals(0L)) {
            end(peerIsGone());
        }
        asking = false;
    }

    private static Ending peerIsGone() {
        return Ending.loss(
                "the peer is gone without a goodbye: the server says that nobody is subscribed to its channel; it has"
                        + " ended, or " + SlowSubscriber.EXPLANATION,
                null);
    }

    private void end(Ending reason) {
        if (over == null) {
            over = reason;
        }
    }

    /** Returns why nothing more will come, null while something may. */
    private Ending over() {
        if (over == null && session.ended() instanceof RespReader.TooLongException large) {
            return Ending.corrupt("the peer sent a message of " + (large.sizeBytes() - 1)
                    + " bytes, this connection takes at most " + maxMessageBytes + " (max-message=)");
        }
        if (over == null && session.ended() != null) {
            return Ending.loss(
                    "the Redis server has ended this side's subscription ("
                            + session.ended().getMessage()
                            + "): it has stopped, somebody has killed it (CLIENT KILL), or "
                            + SlowSubscriber.EXPLANATION,
                    session.ended());
        }
        return over;
    }

    private void ask() {
        // The clock takes as long as all the rest of a look that finds nothing here.
        if (++looks % LOOKS_BETWEEN_CLOCKS != 0 && looks > LOOKS_BETWEEN_CLOCKS) {
            return;
        }
        askNow();
    }

    private void askNow() {
        long now = System.nanoTime();
        if (asking || now - askedNanos < ASK_EVERY.toNanos()) {
            return;
        }
        asking = true;
        askedNanos = now;
        try {
            session.send(asked, "PUBSUB", "NUMSUB", theirs);
        } catch (IOException sessionHasEnded) {
            // Which is what the next look finds.
            asking = false;
        }
    }

    private final class In extends MessageInbox {

        In() {
            super(maxMessageBytes);
        }

        @Override
        public int look() {
            int known = next();
            if (known != NONE) {
                return known;
            }
            session.look();
            // Asked before the last look: what came before the end is found by that.
            boolean end = over() != null;
            known = next();
            if (known == NONE && !end) {
                ask();
            }
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
            return over();
        }
    }

    private final class Out implements Outbox {

        private ByteBuffer claimed = ByteBuffer.allocate(0);
        private boolean bye;

        @Override
        public boolean begin(ByteBuffer message) throws IOException {
            requirePeer();
            boolean taken = arrivedBytes.get() > MOST_WAITING_BYTES
                    ? session.publishBlindly(published, theirs, Mark.MESSAGE, message)
                    : session.publish(published, theirs, Mark.MESSAGE, message);
            requirePeer();
            return taken;
        }

        private void requirePeer() throws IOException {
            Ending reason = over();
            if (reason != null) {
                throw new IOException(reason.text(), reason.cause());
            }
        }

        @Override
        public boolean drain() throws IOException {
            return session.drain();
        }

        @Override
        public boolean unfinished() {
            return session.isPending();
        }

        /** Until the server has seen it: only what it has read is sure to survive the end of the connection. */
        @Override
        public boolean finish() throws IOException {
            if (!bye) {
                if (over() != null) {
                    return true;
                }
                bye = session.publish(reply -> {}, theirs, Mark.BYE, ByteBuffer.allocate(0));
            }
            session.look();
            if (session.ended() != null) {
                return true;
            }
            return bye && session.drain() && session.isAnswered();
        }

        @Override
        public ByteBuffer claim(int sizeBytes) throws IOException {
            requirePeer();
            if (session.isPending() && !session.drain()) {
                return null;
            }
            if (claimed.capacity() < sizeBytes) {
                claimed = ByteBuffer.allocate(sizeBytes);
            }
            return claimed.clear().limit(sizeBytes);
        }

        @Override
        public void commit(int sizeBytes) throws IOException {
            if (!begin(claimed.clear().limit(sizeBytes))) {
                throw new IllegalStateException("a session with one sender has lost room");
            }
        }
    }

    /** Sleeps as long as nothing comes, and not longer than until the server has to be asked. */
    private final class ArrivalSleeper implements Sleeper {

        @Override
        public void sleep(long nanos) {
            askNow();
            session.untilArrival().sleep(Math.min(nanos, ASK_EVERY.toNanos()));
        }

        @Override
        public void wake() {
            session.untilArrival().wake();
        }

        @Override
        public void close() {
            // The session closes what it sleeps with.
        }
    }
}
