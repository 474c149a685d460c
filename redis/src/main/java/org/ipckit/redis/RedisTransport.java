package org.ipckit.redis;

/**
 * {@code redis://user:password@host:port/CHANNEL}: pairs of private channels, and topics, of a Redis server. {@code redis://} and
 * {@code redis://embedded/CHANNEL} need none: they start the user's own.
 */
public final class RedisTransport extends RedisMechanism {

    /** Makes it; it holds no state. */
    public RedisTransport() {
        super("redis", false);
    }
}
