package org.ipckit.redis;

import java.nio.ByteBuffer;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.Publication;

/** What goes to the server of a message that is published. */
final class Published {

    private Published() {}

    /** Returns the bytes between position and limit; the buffer is read, not consumed. */
    static byte[] bytes(ByteBuffer message, Publication topic) {
        int most = topic.capabilities().maxMessageSize();
        if (message.remaining() > most) {
            throw new MessageTooLargeException("publish to " + topic.address() + ": message of " + message.remaining()
                    + " bytes, this topic carries at most " + most + " (max-message=)");
        }
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return bytes;
    }
}
