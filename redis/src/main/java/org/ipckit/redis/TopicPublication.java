package org.ipckit.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.spi.Deadline;

/**
 * Publishes to a channel, as any other client of the server does; beside it a counter counts, by which subscribers that
 * were cut off learn what they have missed.
 */
final class TopicPublication extends RedisPublication {

    private final byte[] channel;
    private final String counter;
    private final boolean counted;
    private Session proven;

    private TopicPublication(RestoredSession server, RedisAddress address, Capabilities capabilities) {
        super(server, capabilities, address.channel().getBytes(StandardCharsets.UTF_8));
        this.channel = address.channel().getBytes(StandardCharsets.UTF_8);
        this.counter = Channels.counter(address.channel());
        this.counted = address.options().flag("sequence", true);
    }

    static TopicPublication open(RedisAddress address, Capabilities capabilities) {
        RestoredSession server = RestoredSession.open(
                new RedisServer(address),
                "publish to",
                address.channel(),
                "; a user who may publish but not count needs sequence=false");
        return new TopicPublication(server, address, capabilities);
    }

    @Override
    RestoredSession.Use<Integer> publishing(byte[] message) {
        return (session, deadline) -> counted
                ? publishCounted(session, message, deadline)
                : ((Long) session.ask(deadline, "PUBLISH", channel, message)).intValue();
    }

    /** All or nothing, and nobody in between: a subscriber compares the counter with what it has received. */
    private int publishCounted(Session session, byte[] message, Deadline deadline) throws IOException {
        requireTransactions(session, deadline);
        // Whatever is refused here, EXEC is refused for.
        AtomicReference<ServerError> first = new AtomicReference<>();
        Answer queued = answer -> {
            if (answer instanceof ServerError error) {
                first.compareAndSet(null, error);
            }
        };
        session.send(queued, "MULTI");
        session.send(queued, "HSETNX", counter, Channels.EPOCH, Channels.newToken());
        session.send(queued, "HINCRBY", counter, Channels.COUNT, 1);
        session.send(queued, "PEXPIRE", counter, Channels.COUNTER_KEPT_MILLIS);
        session.send(queued, "PUBLISH", channel, message);
        Object results = executed(session, deadline, first);
        return ((Long) ((List<?>) results).get(3)).intValue();
    }

    private static Object executed(Session session, Deadline deadline, AtomicReference<ServerError> refusal)
            throws IOException {
        try {
            return session.ask(deadline, "EXEC");
        } catch (RefusedException refused) {
            throw refusal.get() == null ? refused : new RefusedException(refusal.get());
        }
    }

    /** Where MULTI is refused, what follows it would be done one by one, and the message published all the same. */
    private void requireTransactions(Session session, Deadline deadline) throws IOException {
        if (!session.equals(proven)) {
            session.ask(deadline, "MULTI");
            session.ask(deadline, "DISCARD");
            proven = session;
        }
    }
}
