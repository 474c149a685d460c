package org.ipckit.redis;

import java.nio.charset.StandardCharsets;
import org.ipckit.transport.Capabilities;

/** Adds messages to a stream. It cannot know who will read them: receivers are always -1. */
final class StreamPublication extends RedisPublication {

    private final byte[] stream;
    private final long maxLength;

    private StreamPublication(RestoredSession server, RedisAddress address, Capabilities capabilities) {
        super(server, capabilities, StreamReader.readers(address.channel()));
        this.stream = address.channel().getBytes(StandardCharsets.UTF_8);
        this.maxLength = RedisStreamTransport.maxLength(address);
    }

    static StreamPublication open(RedisAddress address, Capabilities capabilities) {
        RestoredSession server = RestoredSession.open(new RedisServer(address), "publish to", address.channel(), "");
        return new StreamPublication(server, address, capabilities);
    }

    @Override
    RestoredSession.Use<Integer> publishing(byte[] message) {
        return (session, deadline) -> {
            if (maxLength == 0) {
                session.ask(deadline, "XADD", stream, "*", StreamFeed.FIELD, message);
            } else {
                session.ask(deadline, "XADD", stream, "MAXLEN", "~", maxLength, "*", StreamFeed.FIELD, message);
            }
            return -1;
        };
    }
}
