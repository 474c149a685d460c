package org.ipckit.transport.spi;

import java.nio.ByteBuffer;
import org.ipckit.transport.Message;

/**
 * The receiving half of a mechanism, without waiting: {@link DuplexConnection} waits, checks and keeps the rules of the
 * contract around it. One thread at a time uses it.
 */
public interface Inbox {

    /** No whole message has come yet. */
    int NONE = -1;

    /** There will be no more; {@link #ending} says why. */
    int END = -2;

    /** Looks for the next message; returns its size, {@link #NONE} or {@link #END}. */
    int look();

    /** As {@link #look}, but only at what is in this process already; may return NONE where that would find more. */
    int next();

    /** Returns a read-only view of the next message, from position 0 to its size; valid until it is consumed. */
    ByteBuffer lend(int sizeBytes);

    /** Returns a copy of the next message. */
    Message copy(int sizeBytes);

    /** Goes on to the message after the next one. */
    void consume(int sizeBytes);

    /** Returns why there will be no more messages. */
    Ending ending();
}
