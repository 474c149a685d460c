package org.ipckit.transport.inproc;

import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.MessageInbox;

/** Receives from a lane. One thread uses it. */
final class LaneInbox extends MessageInbox {

    private final Lane lane;

    LaneInbox(Lane lane) {
        super(lane.maxMessageBytes());
        this.lane = lane;
    }

    @Override
    public int look() {
        // Asked before the last look: what was added before it was over is found by that.
        boolean over = lane.isOver();
        int known = next();
        return known == NONE && over ? END : known;
    }

    @Override
    protected Message first() {
        return lane.first();
    }

    @Override
    public void consume(int sizeBytes) {
        lane.removeFirst();
    }

    @Override
    protected Ending whyOver() {
        return Ending.goodbye();
    }
}
