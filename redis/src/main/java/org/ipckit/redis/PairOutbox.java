package org.ipckit.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Outbox;

/** Publishes to the private channel of the peer. */
final class PairOutbox implements Outbox {

    private static final Answer NOBODY = reply -> {};

    private final PairEnd end;
    private final Session session;
    private final byte[] theirs;
    private final Answer published;
    private ByteBuffer claimed = ByteBuffer.allocate(0);
    private boolean bye;

    /** @param published takes how many have received a message */
    PairOutbox(PairEnd end, Session session, byte[] theirs, Answer published) {
        this.end = end;
        this.session = session;
        this.theirs = theirs;
        this.published = published;
    }

    @Override
    public boolean begin(ByteBuffer message) throws IOException {
        requirePeer();
        boolean taken = end.isFull()
                ? session.publishBlindly(published, theirs, Mark.MESSAGE, message)
                : session.publish(published, theirs, Mark.MESSAGE, message);
        requirePeer();
        return taken;
    }

    private void requirePeer() throws IOException {
        Ending reason = end.over();
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
            if (end.over() != null) {
                return true;
            }
            bye = session.publish(NOBODY, theirs, Mark.BYE, ByteBuffer.allocate(0));
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
