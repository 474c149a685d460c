package org.ipckit.transport.spi;

import java.io.IOException;

/** What two sides say to each other before messages flow. It never waits; one thread carries it on. */
public interface Handshake {

    /** There is nothing to say. */
    Handshake NONE = () -> true;

    /**
     * Goes on as far as it can without waiting.
     *
     * @return true when it is finished
     * @throws IOException if the stream fails or ends
     * @throws org.ipckit.transport.TransportException if the peer is refused, refuses us or does not know the protocol
     */
    boolean advance() throws IOException;

    /** Returns true while it cannot go on for lack of room to write, false while it waits for the peer's bytes. */
    default boolean wantsToWrite() {
        return false;
    }

    /** Returns a handshake of this and then the next. */
    default Handshake then(Handshake next) {
        return new HandshakeSequence(this, next);
    }
}
