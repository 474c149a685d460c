package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.eventually;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.ipckit.testkit.Eventually;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is Redis's own about connections through it. */
@Timeout(120)
class RedisTransportTest extends RedisFixture {

    @Test
    void whereNoServerIsGivenOneIsStarted() {
        Address address = Address.parse("redis://embedded/orders?folder=" + folder);

        connect(address);
        client.send(Message.utf8("hello"));
        assertEquals(Message.utf8("hello"), accepted.receive());

        assertTrue(EmbeddedServer.in(folder).pid() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://", "redis://embedded", "redis:///", "redis://?channel=orders"})
    void anAddressWithoutAServerMeansTheUsersOwn(String address) {
        assertEquals(
                Capabilities.Reach.MACHINE,
                redis.capabilities(Address.parse(address)).reach());
    }

    @Test
    void anAbsentServerIsNamedWithTheWayToStartOneInTime() throws Exception {
        int port = TestServer.freePort();
        Address address = Address.parse("redis://127.0.0.1:" + port + "/orders");

        ConnectFailedException failed =
                assertThrows(ConnectFailedException.class, () -> redis.connect(address, Duration.ZERO));

        assertFalse(failed.getMessage().contains("\n"), failed.getMessage());
        assertTrue(failed.getMessage().contains("127.0.0.1:" + port), failed.getMessage());
        assertTrue(failed.getMessage().contains("redis-server --port " + port), failed.getMessage());
        for (Runnable use : List.<Runnable>of(
                () -> redis.listen(address), () -> redis.publish(address), () -> redis.subscribe(address))) {
            ConnectFailedException refused = assertThrows(ConnectFailedException.class, use::run);
            assertTrue(refused.getMessage().contains("redis-server --port " + port), refused.getMessage());
        }
    }

    @Test
    void aPasswordIsAskedForAndHidden() {
        start("--requirepass", "secret");
        Address without = server.address("orders");
        Address wrong = Address.parse("redis://:wrong@127.0.0.1:" + server.port() + "/orders");
        Address right = Address.parse("redis://default:secret@127.0.0.1:" + server.port() + "/orders");

        for (Address each : List.of(without, wrong)) {
            AccessDeniedException refused =
                    assertThrows(AccessDeniedException.class, () -> redis.connect(each, patience()));
            assertFalse(refused.getMessage().contains("wrong@"), refused.getMessage());
        }
        try (Listener listener = redis.listen(right);
                Connection client = redis.connect(right, patience())) {
            assertTrue(client.isOpen());
            assertFalse(listener.toString().contains("secret"), listener.toString());
        }
    }

    @Test
    void whoMayNotUseTheChannelsIsToldAtOnce() {
        start();
        server.ask("ACL", "SETUSER", "guest", "on", ">pw", "resetchannels", "&other", "+@all");
        Address address = Address.parse("redis://guest:pw@127.0.0.1:" + server.port() + "/orders");

        for (Runnable use : List.<Runnable>of(
                () -> redis.listen(address),
                () -> redis.connect(address, patience()),
                () -> redis.subscribe(address))) {
            AccessDeniedException refused = assertThrows(AccessDeniedException.class, use::run);
            assertTrue(refused.getMessage().contains("NOPERM"), refused.getMessage());
        }
    }

    @Test
    void aSecondListenerIsRefusedUntilTheFirstHasClosed() {
        start();
        Address address = server.address("orders");
        try (Listener first = redis.listen(address)) {
            assertThrows(AddressInUseException.class, () -> redis.listen(address));
            assertEquals(address, first.address());
        }

        redis.listen(address).close();
    }

    @Test
    void aKilledConnectionIsALossThatIsExplained() {
        start();
        Address address = server.address("orders");
        connect(address);
        server.ask("CLIENT", "KILL", "TYPE", "pubsub");

        for (Connection each : List.of(client, accepted)) {
            ConnectionClosedException end =
                    assertThrows(ConnectionClosedException.class, () -> each.receive(patience()));
            assertEquals(By.LOSS, end.by());
            assertTrue(end.getMessage().contains("client-output-buffer-limit"), end.getMessage());
        }
        eventually("the listener to be back", () -> {
            try (Connection again = redis.connect(address, patience())) {
                return again.isOpen();
            }
        });
    }

    @Test
    void aListenerSurvivesTheRestartOfItsServer() {
        start();
        Address address = server.address("orders");
        try (Listener listener = redis.listen(address)) {
            server.kill();
            server.startAgain();

            try (Connection client = redis.connect(address, patience());
                    Connection accepted = listener.accept(patience()).orElseThrow()) {
                client.send(Message.utf8("after"));
                assertEquals(Message.utf8("after"), accepted.receive());
            }
        }
    }

    @Test
    void aListenerStartsTheEmbeddedServerAgain() throws Exception {
        Address address = Address.parse("redis://embedded/orders?folder=" + folder);
        try (Listener listener = redis.listen(address)) {
            ProcessHandle.of(EmbeddedServer.in(folder).pid()).orElseThrow().destroyForcibly();

            try (Connection client = redis.connect(address, patience())) {
                assertTrue(client.isOpen());
                assertTrue(listener.accept(patience()).isPresent());
            }
        }
    }

    @Test
    void whoeverReadsTooSlowlyIsCutOffAndBothAreTold() {
        start("--client-output-buffer-limit", "pubsub", "1mb", "1mb", "1");
        Address address = server.address("orders");
        connect(address);
        ByteBuffer large = ByteBuffer.allocate(100_000);

        ConnectionClosedException cut = assertThrows(
                ConnectionClosedException.class,
                () -> Eventually.eventually("the cut", () -> !client.offer(large, patience())));
        ConnectionClosedException told = assertThrows(ConnectionClosedException.class, () -> {
            while (true) {
                accepted.receive(patience()).orElseThrow();
            }
        });

        assertTrue(cut.getMessage().contains("read too slowly"), cut.getMessage());
        assertTrue(told.getMessage().contains("read too slowly"), told.getMessage());
    }

    @Test
    void whatIsNotOurProtocolEndsThatConnectionOnly() {
        start();
        Address address = server.address("orders");
        connect(address);
        Connection other = closing(redis.connect(address, patience()));
        Connection otherAccepted = closing(listener.accept(patience()).orElseThrow());
        Object channels = server.ask("PUBSUB", "CHANNELS", "*:listener");
        other.send(Message.utf8("still"));
        assertEquals("still", received(otherAccepted));

        for (Object channel : (List<?>) channels) {
            server.ask("PUBLISH", RespValues.text(channel), "GET / HTTP/1.1");
        }
        server.ask("PUBLISH", "ipckit:{orders}:listen", "GET / HTTP/1.1");

        assertThrows(CorruptMessageException.class, () -> accepted.receive(patience()));
        assertTrue(client.isOpen());
        redis.connect(address, patience()).close();
    }

    @Test
    void aServerBehindASocketFileIsReachedThroughIt() {
        start();
        RedisUnixTransport unix = new RedisUnixTransport();
        Address address = Address.parse("redis-unix://" + server.socket() + "?channel=orders");

        try (Listener listener = unix.listen(address);
                Connection client = redis.connect(server.address("orders"), patience());
                Connection accepted = listener.accept(patience()).orElseThrow()) {
            client.send(Message.utf8("by another way"));
            assertEquals(Message.utf8("by another way"), accepted.receive());
            assertEquals(Capabilities.Reach.MACHINE, accepted.capabilities().reach());
            assertEquals(Capabilities.Reach.NETWORK, client.capabilities().reach());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://host:0/x",
                "redis://host:port/x",
                "redis://:6379/x",
                "redis://user@host/x",
                "redis://a,b/x",
                "redis://host/x?db=one",
                "redis://host/x?timeout=5",
                "redis://host/x?timeout=0s",
                "redis://host/x?folder=/tmp",
                "redis://host/x?sentinel=m&cluster=true",
                "redis://host/x?trust-store=/x",
                "redis://host/x?password-file=/does/not/exist"
            })
    void whatCannotBeMeantIsRefused(String address) {
        assertThrows(InvalidAddressException.class, () -> redis.capabilities(Address.parse(address)));
    }

    @Test
    void aServerThatIsNoRedisIsRecognized() throws Exception {
        try (java.net.ServerSocket web = new java.net.ServerSocket(0)) {
            Thread serving = new Thread(() -> {
                try (java.net.Socket client = web.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.getInputStream().readAllBytes();
                } catch (java.io.IOException closed) {
                    return;
                }
            });
            serving.start();

            ConnectFailedException failed = assertThrows(
                    ConnectFailedException.class,
                    () -> redis.connect(
                            Address.parse("redis://127.0.0.1:" + web.getLocalPort() + "/x"), Duration.ZERO));

            assertTrue(
                    failed.getMessage().contains("not from a Redis server")
                            || failed.getMessage().contains("answer"),
                    failed.getMessage());
        }
    }
}
