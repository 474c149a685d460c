package org.ipckit.transport;

import java.time.Duration;
import java.util.Optional;

/** The receiving side of a topic. One thread receives; any thread closes. */
public interface Subscription extends AutoCloseable {

    /** Waits for the next message; empty if none came in that time. As {@link Connection#receive(Duration)}. */
    Optional<Message> receive(Duration timeout);

    /** Hands over what is there without waiting. As {@link Connection#poll}. */
    int poll(MessageHandler handler, int limit);

    /** Returns how many messages are known to have been lost since the subscription began. */
    long lost();

    /** Returns the address of the topic. */
    Address address();

    /** Returns what the topic promises. */
    Capabilities capabilities();

    /** Ends the subscription and wakes who waits in it; any thread, any number of times. */
    @Override
    void close();
}
