package org.ipckit.redis;

import java.io.IOException;
import java.net.Socket;
import java.util.function.BiFunction;
import javax.net.ssl.SSLException;
import org.ipckit.transport.AccessDeniedException;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Opens sockets that speak TLS, as Jedis does. */
final class RedisTls {

    private final RedisAddress address;

    RedisTls(RedisAddress address) {
        this.address = address;
    }

    /** Adds to a configuration of Jedis what the address says about TLS. */
    DefaultJedisClientConfig.Builder configured(DefaultJedisClientConfig.Builder config) {
        if (!address.tls()) {
            return config;
        }
        SslOptions.Builder options = SslOptions.builder();
        address.store("trust-store")
                .ifPresent(store ->
                        options.truststore(store.file().toFile(), secret(store)).trustStoreType("PKCS12"));
        address.store("key-store")
                .ifPresent(store ->
                        options.keystore(store.file().toFile(), secret(store)).keyStoreType("PKCS12"));
        return config.sslOptions(options.build());
    }

    private static char[] secret(RedisAddress.Store store) {
        return store.password().toCharArray();
    }

    /** Opens one whose handshake is finished. */
    Socket socket(HostPort host, int timeoutMillis, BiFunction<String, Exception, IOException> absent)
            throws IOException {
        DefaultJedisClientConfig config = configured(DefaultJedisClientConfig.builder())
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .build();
        try {
            Socket socket =
                    new DefaultJedisSocketFactory(new HostAndPort(host.host(), host.port()), config).createSocket();
            ((javax.net.ssl.SSLSocket) socket).startHandshake();
            // The one that reads from now on has nothing else to do.
            socket.setSoTimeout(0);
            return socket;
        } catch (SSLException refused) {
            throw distrusted(host, refused);
        } catch (JedisConnectionException refused) {
            Throwable cause = refused;
            while (cause.getCause() != null) {
                cause = cause.getCause();
                if (cause instanceof SSLException tls) {
                    throw distrusted(host, tls);
                }
            }
            for (Throwable hidden : refused.getSuppressed()) {
                cause = hidden;
            }
            throw absent.apply(host.toString(), cause instanceof Exception exception ? exception : refused);
        }
    }

    private AccessDeniedException distrusted(HostPort host, SSLException refused) {
        return new AccessDeniedException(
                address + ": TLS with " + host + " failed: " + refused.getMessage()
                        + "; trust-store=FILE (PKCS12) names whom to believe",
                refused);
    }
}
