package org.ipckit.transport.inproc;

import java.nio.ByteBuffer;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;

/** Receives from a lane. One thread uses it. */
final class LaneInbox implements Inbox {

    private final Lane lane;
    private Message first;

    LaneInbox(Lane lane) {
        this.lane = lane;
    }

    @Override
    public int look() {
        return next();
    }

    @Override
    public int next() {
        boolean over = lane.isOver();
        first = lane.first();
        return first == null ? (over ? END : NONE) : sizeOf(first);
    }

    private int sizeOf(Message message) {
        return message.size() > lane.maxMessageBytes() ? END : message.size();
    }

    @Override
    public ByteBuffer lend(int sizeBytes) {
        return first.asByteBuffer();
    }

    @Override
    public Message copy(int sizeBytes) {
        return first;
    }

    @Override
    public void consume(int sizeBytes) {
        lane.removeFirst();
    }

    @Override
    public Ending ending() {
        return first == null
                ? Ending.goodbye()
                : Ending.corrupt("the peer sent a message of " + first.size() + " bytes, this connection takes at most "
                        + lane.maxMessageBytes() + " (max-message=)");
    }
}
