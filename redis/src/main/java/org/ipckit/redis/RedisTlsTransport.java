package org.ipckit.redis;

/**
 * {@code rediss://user:password@host:port/CHANNEL}: as {@link RedisTransport}, over TLS.
 */
public final class RedisTlsTransport extends RedisMechanism {

    /** Makes it; it holds no state. */
    public RedisTlsTransport() {
        super("rediss", true);
    }
}
