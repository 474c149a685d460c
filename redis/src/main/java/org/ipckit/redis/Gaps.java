package org.ipckit.redis;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds out how many messages a subscription has missed, from the counters that publishers keep. A counter's value comes
 * in the same order as the messages do, so it says how many had been published when the last message before it was. One
 * thread at a time counts; any thread asks.
 */
final class Gaps {

    private final Map<String, Channel> channels = new HashMap<>();
    private final AtomicLong lost = new AtomicLong();

    /** What is known about one channel. */
    private static final class Channel {
        private String epoch;
        private long published;
        private long received;
        private long receivedInSession;
    }

    /** Takes note of a message; returns true if the counter of its channel has to be asked for. */
    boolean received(String name) {
        Channel channel = channels.get(name);
        boolean unknown = channel == null;
        if (unknown) {
            channel = new Channel();
            channels.put(name, channel);
        }
        channel.received++;
        channel.receivedInSession++;
        return unknown;
    }

    /** A new session with the server begins: what was published since the last one ended is missing. */
    void sessionBegins() {
        channels.values().forEach(channel -> channel.receivedInSession = 0);
    }

    /** Returns the names of the channels that are known. */
    List<String> names() {
        return List.copyOf(channels.keySet());
    }

    /**
     * Takes note of the value of a counter.
     *
     * @param epoch another one than before if the counter has begun again
     */
    void counted(String name, String epoch, long published) {
        Channel channel = channels.computeIfAbsent(name, any -> new Channel());
        if (channel.epoch != null) {
            // One that has begun again, with its server, counts only what was since then.
            long missed = epoch.equals(channel.epoch)
                    ? published - channel.published - channel.received
                    : published - channel.receivedInSession;
            lost.addAndGet(Math.max(0, missed));
        }
        channel.epoch = epoch;
        channel.published = published;
        channel.received = 0;
        channel.receivedInSession = 0;
    }

    long lost() {
        return lost.get();
    }
}
