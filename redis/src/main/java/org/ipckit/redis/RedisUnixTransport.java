package org.ipckit.redis;

/**
 * {@code redis-unix:///path/to/socket?channel=CHANNEL}: as {@link RedisTransport}, through a server's Unix socket.
 */
public final class RedisUnixTransport extends RedisMechanism {

    /** Makes it; it holds no state. */
    public RedisUnixTransport() {
        super("redis-unix", false);
    }
}
