package org.ipckit.transport;

import java.nio.ByteBuffer;

/** Takes messages from {@link Connection#poll}. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Takes one message.
     *
     * @param message read-only, big-endian, from position 0 to the size of the message; lent until this method returns
     */
    void onMessage(ByteBuffer message);
}
