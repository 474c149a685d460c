package org.ipckit.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Publication;

/** Adds messages to a stream. It cannot know who will read them: receivers are always -1. */
final class StreamPublication implements Publication {

    private final Capabilities capabilities;
    private final RestoredSession server;
    private final byte[] stream;
    private final String name;
    private final long maxLength;

    private StreamPublication(RestoredSession server, RedisAddress address, Capabilities capabilities) {
        this.server = server;
        this.capabilities = capabilities;
        this.name = address.channel();
        this.stream = name.getBytes(StandardCharsets.UTF_8);
        this.maxLength = RedisStreamTransport.maxLength(address);
    }

    static StreamPublication open(RedisAddress address, Capabilities capabilities) {
        RestoredSession server = RestoredSession.open(new RedisServer(address), "publish to", address.channel(), "");
        return new StreamPublication(server, address, capabilities);
    }

    @Override
    public int publish(ByteBuffer message) {
        byte[] bytes = Published.bytes(message, this);
        server.use((session, deadline) -> maxLength == 0
                ? session.ask(deadline, "XADD", stream, "*", StreamFeed.FIELD, bytes)
                : session.ask(deadline, "XADD", stream, "MAXLEN", "~", maxLength, "*", StreamFeed.FIELD, bytes));
        return -1;
    }

    @Override
    public boolean awaitSubscribers(int count, Duration timeout) {
        return server.await(
                timeout,
                (session, deadline) ->
                        RedisConnections.subscribers(session, StreamReader.readers(name), deadline) >= count);
    }

    @Override
    public Address address() {
        return server.address();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public void close() {
        server.close();
    }
}
