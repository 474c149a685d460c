package org.ipckit.redis;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.Publication;

/** What publications to channels and to streams have in common: all but what the server is told. */
abstract sealed class RedisPublication implements Publication permits TopicPublication, StreamPublication {

    private final RestoredSession server;
    private final Capabilities capabilities;
    private final byte[] audience;

    /** @param audience the channel that all are subscribed to who receive what is published */
    RedisPublication(RestoredSession server, Capabilities capabilities, byte[] audience) {
        this.server = server;
        this.capabilities = capabilities;
        this.audience = audience;
    }

    @Override
    public final int publish(ByteBuffer message) {
        int most = capabilities.maxMessageSize();
        if (message.remaining() > most) {
            throw new MessageTooLargeException("publish to " + address() + ": message of " + message.remaining()
                    + " bytes, this topic carries at most " + most + " (max-message=)");
        }
        byte[] bytes = new byte[message.remaining()];
        message.get(message.position(), bytes);
        return server.use(publishing(bytes));
    }

    /** Returns what tells the server, and how many have received it, -1 if that is not known. */
    abstract RestoredSession.Use<Integer> publishing(byte[] message);

    @Override
    public final boolean awaitSubscribers(int count, Duration timeout) {
        return server.await(
                timeout, (session, deadline) -> RedisConnections.subscribers(session, audience, deadline) >= count);
    }

    @Override
    public final Address address() {
        return server.address();
    }

    @Override
    public final Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public final void close() {
        server.close();
    }
}
