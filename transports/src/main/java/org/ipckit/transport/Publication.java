package org.ipckit.transport;

import java.nio.ByteBuffer;
import java.time.Duration;

/** The publishing side of a topic. One thread publishes; any thread closes. */
public interface Publication extends AutoCloseable {

    /**
     * Publishes the bytes between position and limit as one message; the buffer is read, not consumed.
     *
     * @return how many subscriptions it was handed to, or -1 where the mechanism cannot know
     * @throws MessageTooLargeException if it exceeds {@link Capabilities#maxMessageSize()}; nothing was published
     */
    int publish(ByteBuffer message);

    /**
     * Waits until at least so many subscriptions are in effect.
     *
     * @return false if there were fewer when the time was over, or the mechanism cannot know
     */
    boolean awaitSubscribers(int count, Duration timeout);

    /** Returns the address of the topic. */
    Address address();

    /** Returns what the topic promises. */
    Capabilities capabilities();

    /** Ends the publication; any thread, any number of times. */
    @Override
    void close();
}
