package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipckit.transport.MessageHandler;

/**
 * One end of a contender's connection, used by one thread. A buffer handed to a handler is read from its position to
 * its limit, and is lent for the call.
 */
public interface Exchange extends AutoCloseable {

    /** Sends the bytes between position and limit as one message, waiting for room; the buffer is not consumed. */
    void send(ByteBuffer message) throws IOException;

    /** Sends a message that is answered before the next, and with it whatever was collected. */
    default void sendNow(ByteBuffer message) throws IOException {
        send(message);
    }

    /** Waits for one message, as a caller does who has just asked a question. */
    void receive(MessageHandler handler) throws IOException;

    /** Hands over all messages that are there, waiting for the first, as a caller does who is sent a stream. */
    void drain(MessageHandler handler) throws IOException;

    @Override
    void close() throws IOException;
}
