package org.ipckit.redis;

import java.io.IOException;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.spi.InboxSubscription;

/** Receives what comes through a feed, by the rules of the contract. */
final class FeedSubscription {

    private FeedSubscription() {}

    /** Starts the server if it is ours to start, and begins to receive. */
    static Subscription open(RedisServer server, Feed feed, Capabilities capabilities) {
        RedisAddress address = server.address();
        try {
            server.start();
            feed.open();
        } catch (IOException refused) {
            throw new ConnectFailedException("subscribe to " + address + ": " + refused.getMessage(), refused);
        }
        return new InboxSubscription(
                address.address(),
                capabilities,
                address.waitStrategy(),
                feed.inbox(),
                feed.sleeper(),
                feed,
                feed::lost);
    }
}
