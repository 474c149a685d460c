package org.ipckit.transport.spi;

import java.nio.ByteBuffer;
import org.ipckit.transport.Message;

/** The inbox of a mechanism that hands over whole messages: one is looked at, lent or taken, and then removed. */
public abstract class MessageInbox implements Inbox {

    private final int maxMessageBytes;
    private Message first;

    /** Makes an inbox that takes messages of at most so many bytes. */
    protected MessageInbox(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Returns the first message that is in this process and was not removed; null if there is none. */
    protected abstract Message first();

    /** Returns why there will be no more messages than those that have come. */
    protected abstract Ending whyOver();

    @Override
    public int next() {
        first = first();
        if (first == null) {
            return NONE;
        }
        return isTooLarge() ? END : first.size();
    }

    private boolean isTooLarge() {
        return first.size() > maxMessageBytes;
    }

    @Override
    public final ByteBuffer lend(int sizeBytes) {
        return first.asByteBuffer();
    }

    @Override
    public final Message copy(int sizeBytes) {
        return first;
    }

    @Override
    public final Ending ending() {
        if (first != null && isTooLarge()) {
            return Ending.corrupt("the peer sent a message of " + first.size()
                    + " bytes, this connection takes at most " + maxMessageBytes + " (max-message=)");
        }
        return whyOver();
    }
}
