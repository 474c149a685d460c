package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that speaks TLS only. */
@Timeout(120)
class RedisTlsTest extends RedisFixture {

    private final RedisTlsTransport rediss = new RedisTlsTransport();

    private final TlsKeys keys = TlsKeys.ofThisJvm();

    @BeforeEach
    void startServer() {
        start(keys.settings());
    }

    private Address address(String scheme) {
        return keys.trusted(Address.parse(scheme + "://127.0.0.1:" + server.port() + "/orders"));
    }

    @Test
    void connectionsGoOverTls() {
        Address address = address("rediss");
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 42;
        connect(rediss, address);

        client.send(Message.of(large));
        assertEquals(Message.of(large), accepted.receive(patience()).orElseThrow());
        accepted.send(Message.utf8("answer"));
        assertEquals("answer", received(client));
        assertTrue(client.capabilities().encrypted());

        server.kill();

        assertThrows(ConnectionClosedException.class, () -> accepted.receive(patience()));
    }

    @Test
    void topicsAndStreamsGoOverTls() {
        Address stream = address("redis-stream").withOption("tls", "true");
        RedisStreamTransport streams = new RedisStreamTransport();
        try (Subscription subscription = rediss.subscribe(address("rediss"));
                Publication publication = rediss.publish(address("rediss"));
                Subscription durable = streams.subscribe(stream.withOption("consumer", "c"));
                Publication adding = streams.publish(stream)) {
            publication.publish(Message.utf8("news").asByteBuffer());
            adding.publish(Message.utf8("order").asByteBuffer());

            assertEquals(Message.utf8("news"), subscription.receive(patience()).orElseThrow());
            assertEquals(Message.utf8("order"), durable.receive(patience()).orElseThrow());
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsNotBelieved() {
        Address address = Address.parse("rediss://127.0.0.1:" + server.port() + "/orders");

        AccessDeniedException refused =
                assertThrows(AccessDeniedException.class, () -> rediss.connect(address, patience()));

        assertTrue(refused.getMessage().contains("trust-store="), refused.getMessage());
    }
}
