package org.ipckit.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.spi.DuplexConnection;

/** Receives what comes through a feed, by the rules of the contract. */
final class FeedSubscription implements Subscription {

    private final Feed feed;
    private final Connection receiving;

    private FeedSubscription(Feed feed, Connection receiving) {
        this.feed = feed;
        this.receiving = receiving;
    }

    /** Starts the server if it is ours to start, and begins to receive. */
    static FeedSubscription open(RedisServer server, Feed feed, Capabilities capabilities) {
        RedisAddress address = server.address();
        try {
            server.start();
            feed.open();
        } catch (IOException refused) {
            throw new ConnectFailedException("subscribe to " + address + ": " + refused.getMessage(), refused);
        }
        // The half that receives is the whole of it: waiting, interrupts, handlers and the end are as in a connection.
        return new FeedSubscription(
                feed,
                new DuplexConnection(
                        address.address(),
                        capabilities,
                        address.waitStrategy(),
                        new NoOutbox(),
                        new org.ipckit.transport.spi.ThreadSleeper(),
                        feed.inbox(),
                        feed.sleeper(),
                        feed,
                        Optional.empty()));
    }

    @Override
    public Optional<Message> receive(Duration timeout) {
        return receiving.receive(timeout);
    }

    @Override
    public int poll(MessageHandler handler, int limit) {
        return receiving.poll(handler, limit);
    }

    @Override
    public long lost() {
        return feed.lost();
    }

    @Override
    public Address address() {
        return receiving.address();
    }

    @Override
    public Capabilities capabilities() {
        return receiving.capabilities();
    }

    @Override
    public void close() {
        receiving.close();
    }

    @Override
    public String toString() {
        return "Subscription[" + address() + "]";
    }
}
