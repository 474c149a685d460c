package org.ipckit.redis;

import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.Capabilities.PeerLoss;
import org.ipckit.transport.Capabilities.Retention;
import org.ipckit.transport.Capabilities.WhenFull;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;

/**
 * {@code redis-stream://user:password@host:port/STREAM?consumer=NAME&from=start|end|last}: durable topics in the streams of
 * a Redis server. A consumer that has a name is given what it has not acknowledged again when it comes back; several
 * processes of one name share the work. Without a name a subscription reads for itself and the server remembers nothing.
 *
 * <p>Options beside those of all Redis addresses:
 *
 * <ul>
 *   <li>{@code consumer=NAME}: who reads; the name of a consumer group.
 *   <li>{@code from=start}: from the oldest message that is kept, {@code end}: only what comes, {@code last}: where this
 *       consumer has stopped; a new one begins at the end. Default: {@code last} with a name, else {@code end}.
 *   <li>{@code max-length=N}: the publisher has the server keep about so many messages, and drop older ones.
 *   <li>{@code tls=true}: over TLS.
 * </ul>
 */
public final class RedisStreamTransport implements BroadcastTransport {

    /** Where to begin. */
    enum From {
        START,
        END,
        LAST
    }

    /** Makes it; it holds no state. */
    public RedisStreamTransport() {}

    @Override
    public String scheme() {
        return "redis-stream";
    }

    private static RedisAddress parsed(Address address) {
        RedisAddress parsed = RedisAddress.ofEither(address, "consumer", "from", "max-length");
        parsed.waitStrategy();
        boolean named = parsed.options().has("consumer");
        if (named && parsed.options().text("consumer", "").isBlank()) {
            throw new InvalidAddressException(address + ": consumer= needs a name");
        }
        if (from(parsed) == From.LAST && !named) {
            throw new InvalidAddressException(
                    address + ": from=last needs consumer=NAME, by which the server remembers what was read");
        }
        maxLength(parsed);
        return parsed;
    }

    static From from(RedisAddress address) {
        return address.options().choice("from", address.options().has("consumer") ? From.LAST : From.END);
    }

    /** Returns how many messages are kept, 0 for all. */
    static long maxLength(RedisAddress address) {
        String text = address.options().text("max-length", "0");
        if (!text.matches("\\d{1,15}")) {
            throw new InvalidAddressException(
                    address + ": option 'max-length' is '" + text + "', expected a number of messages");
        }
        return Long.parseLong(text);
    }

    @Override
    public Capabilities capabilities(Address address) {
        RedisAddress parsed = parsed(address);
        return new Capabilities(
                parsed.maxMessageBytes(),
                0,
                Integer.MAX_VALUE,
                Delivery.AT_LEAST_ONCE,
                WhenFull.GROWS,
                PeerLoss.INFERRED,
                Retention.UNTIL_READ,
                parsed.reach(),
                parsed.tls());
    }

    @Override
    public Publication publish(Address address) {
        Capabilities capabilities = capabilities(address);
        return StreamPublication.open(parsed(address), capabilities);
    }

    @Override
    public Subscription subscribe(Address address) {
        Capabilities capabilities = capabilities(address);
        RedisServer server = new RedisServer(parsed(address));
        return FeedSubscription.open(server, new StreamFeed(server), capabilities);
    }

    @Override
    public Availability availability() {
        return Availability.yes();
    }

    @Override
    public Traits traits() {
        return new Traits(
                "Redis Streams",
                Trait.yes(),
                Trait.no(),
                Trait.yes("a Redis server; with persistence if messages are to survive it"),
                Trait.yes(),
                "a key of a server",
                "whole messages",
                "user and password, TLS; the embedded server: this user alone",
                List.of("messages outlive their readers", "a dead reader's work is taken over", "one to many"),
                List.of("a message may come twice", "the server's memory holds what is kept"));
    }
}
