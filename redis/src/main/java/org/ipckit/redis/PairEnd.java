package org.ipckit.redis;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Connection;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.DuplexConnection;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Sleeper;

/**
 * One end of a pair of private channels: publishes to one, is subscribed to the other, and asks the server whether anybody
 * still is at the other end. One thread sends while another receives.
 */
final class PairEnd implements Backlog.Source {

    private final Session session;
    private final byte[] theirs;
    private final int maxMessageBytes;
    private final Backlog backlog;
    private final PeerCheck check;
    private volatile boolean welcome;

    /** Why nothing more will come; set after all that came before. */
    private volatile Ending over;

    /**
     * Makes an end, and takes what comes to the session's channel from now on.
     *
     * @param theirs the channel that the peer is subscribed to
     */
    PairEnd(Session session, byte[] theirs, int maxMessageBytes) {
        this.session = session;
        this.theirs = theirs;
        this.maxMessageBytes = maxMessageBytes;
        this.backlog = new Backlog(maxMessageBytes, this);
        this.check = new PeerCheck(session, theirs, this::peerIsGone);
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
                new PairOutbox(this, session, theirs, this::published),
                session.untilRoom(),
                backlog,
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
            backlog.add(bytes);
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
            peerIsGone();
        }
    }

    private void peerIsGone() {
        end(Ending.loss(
                "the peer is gone without a goodbye: the server says that nobody is subscribed to its channel; it has"
                        + " ended, or " + SlowSubscriber.EXPLANATION,
                null));
    }

    private void end(Ending reason) {
        if (over == null) {
            over = reason;
        }
    }

    boolean isFull() {
        return backlog.isFull();
    }

    @Override
    public void look() {
        session.look();
    }

    @Override
    public void foundNothing() {
        check.perhaps();
    }

    @Override
    public Ending over() {
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

    /** Sleeps as long as nothing comes, and not longer than until the server has to be asked. */
    private final class ArrivalSleeper implements Sleeper {

        @Override
        public void sleep(long nanos) {
            check.ifDue();
            session.untilArrival().sleep(Math.min(nanos, PeerCheck.EVERY.toNanos()));
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
