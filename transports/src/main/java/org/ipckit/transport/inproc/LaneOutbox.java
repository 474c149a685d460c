package org.ipckit.transport.inproc;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Outbox;

/** Sends into a lane. One thread uses it. */
final class LaneOutbox implements Outbox {

    private final Lane lane;
    private ByteBuffer claimed = ByteBuffer.allocate(0);

    LaneOutbox(Lane lane) {
        this.lane = lane;
    }

    @Override
    public boolean begin(ByteBuffer message) throws IOException {
        // Asked first: a message that finds no room need not be copied.
        return lane.hasRoom(message.remaining()) && lane.add(Message.copyOf(message));
    }

    @Override
    public ByteBuffer claim(int sizeBytes) throws IOException {
        if (!lane.hasRoom(sizeBytes)) {
            return null;
        }
        if (claimed.capacity() < sizeBytes) {
            claimed = ByteBuffer.allocate(sizeBytes);
        }
        return claimed.clear().limit(sizeBytes);
    }

    @Override
    public void commit(int sizeBytes) throws IOException {
        if (!lane.add(Message.copyOf(claimed.clear().limit(sizeBytes)))) {
            throw new IllegalStateException("a lane with one writer has lost room");
        }
    }
}
