package org.ipckit.redis;

import java.io.IOException;
import java.util.List;
import org.ipckit.transport.spi.Deadline;

/**
 * Asks for the counters that publishers keep beside a topic's messages, from which {@link Gaps} finds out what was missed.
 * Whoever reads from the server uses it; any thread asks for the sum.
 */
final class MissedMessages {

    private final Gaps gaps = new Gaps();
    private final boolean counted;

    /** @param counted false if publishers do not count */
    MissedMessages(boolean counted) {
        this.counted = counted;
    }

    /** A new session begins. */
    void sessionBegins() {
        gaps.sessionBegins();
    }

    /** Asks for the counters of all channels that are known, or of the only one, and waits for the answers. */
    void compare(Session session, List<String> only, Deadline deadline) throws IOException {
        for (String channel : only.isEmpty() ? gaps.names() : only) {
            ask(session, channel);
        }
        // Answered after all of the above.
        session.ping(deadline);
    }

    /** Takes note of a message; returns true if nothing was known of its channel. */
    boolean received(String channel) {
        return gaps.received(channel);
    }

    /** Asks for a counter; the answer comes in the order of the messages. */
    void ask(Session session, String channel) throws IOException {
        if (counted) {
            String counter = Channels.counter(channel);
            // Refused to one who may only read, who then learns less.
            session.send(answer -> {}, "HSETNX", counter, Channels.EPOCH, Channels.newToken());
            session.send(answer -> {}, "PEXPIRE", counter, Channels.COUNTER_KEPT_MILLIS);
            session.send(answer -> take(channel, answer), "HMGET", counter, Channels.EPOCH, Channels.COUNT);
        }
    }

    private void take(String channel, Object answer) {
        if (answer instanceof List<?> epochAndCount) {
            Object count = epochAndCount.get(1);
            gaps.counted(
                    channel,
                    RespValues.text(epochAndCount.get(0)),
                    count == RespReader.NIL ? 0 : Long.parseLong(RespValues.text(count)));
        }
    }

    /** Returns how many are known to have been missed. */
    long sum() {
        return gaps.lost();
    }

    /** Returns how many were missed since there were so many, in words. */
    String since(long before) {
        return counted ? String.valueOf(sum() - before) : "nobody knows how many";
    }
}
