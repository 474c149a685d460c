package org.ipckit.redis;

import java.time.Duration;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.Capabilities.PeerLoss;
import org.ipckit.transport.Capabilities.Retention;
import org.ipckit.transport.Capabilities.WhenFull;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.Transport;

/** What the schemes of Redis pub/sub have in common: all but the way to the server. */
abstract sealed class RedisMechanism implements Transport, BroadcastTransport
        permits RedisTransport, RedisTlsTransport, RedisUnixTransport {

    private final String scheme;
    private final boolean tls;

    RedisMechanism(String scheme, boolean tls) {
        this.scheme = scheme;
        this.tls = tls;
    }

    @Override
    public final String scheme() {
        return scheme;
    }

    private RedisAddress parsed(Address address) {
        return RedisAddress.of(address, tls, "pattern", "sequence");
    }

    @Override
    public final Capabilities capabilities(Address address) {
        RedisAddress parsed = parsed(address);
        parsed.waitStrategy();
        parsed.options().flag("pattern", false);
        parsed.options().flag("sequence", true);
        return new Capabilities(
                parsed.maxMessageBytes(),
                0,
                Integer.MAX_VALUE,
                Delivery.AT_MOST_ONCE,
                WhenFull.DROPS,
                PeerLoss.INFERRED,
                Retention.NONE,
                parsed.reach(),
                tls);
    }

    @Override
    public final Listener listen(Address address) {
        Capabilities capabilities = capabilities(address);
        return RedisConnections.listen(forConnections(address), capabilities);
    }

    @Override
    public final Connection connect(Address address, Duration timeout) {
        Capabilities capabilities = capabilities(address);
        return RedisConnections.connect(forConnections(address), capabilities, timeout);
    }

    private RedisAddress forConnections(Address address) {
        RedisAddress parsed = parsed(address);
        if (parsed.options().flag("pattern", false)) {
            throw new InvalidAddressException(address + ": pattern=true is for subscriptions");
        }
        return parsed;
    }

    @Override
    public final Publication publish(Address address) {
        Capabilities capabilities = capabilities(address);
        return TopicPublication.open(forConnections(address), capabilities);
    }

    @Override
    public final Subscription subscribe(Address address) {
        Capabilities capabilities = capabilities(address);
        RedisServer server = new RedisServer(parsed(address));
        return FeedSubscription.open(server, new TopicFeed(server), capabilities);
    }

    @Override
    public final Availability availability() {
        return Availability.yes();
    }

    @Override
    public final Traits traits() {
        boolean unix = scheme.equals("redis-unix");
        return new Traits(
                unix ? "Redis pub/sub by a Unix socket" : "Redis pub/sub",
                Trait.yes(),
                unix ? Trait.yes("the server's socket") : Trait.no(),
                Trait.yes("a Redis server; redis://embedded starts one"),
                Trait.yes(),
                "a channel of a server",
                "whole messages",
                "user and password, TLS; the embedded server: this user alone",
                List.of("leaves the machine without a change", "any language has a client", "one to many"),
                List.of("a message nobody is there for is lost", "every message goes through the server"));
    }
}
