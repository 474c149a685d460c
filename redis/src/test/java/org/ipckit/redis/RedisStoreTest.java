package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values and locks in a server that other clients use too, and that is killed. */
@Timeout(60)
class RedisStoreTest extends RedisFixture {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(50);

    private RedisStore store;

    @BeforeEach
    void open() {
        start();
        store = closing(RedisStore.open(server.address("")));
    }

    @Test
    void aValueIsThereUntilItIsDeleted() {
        assertEquals(Optional.empty(), store.get("name"));

        store.set("name", Message.utf8("Alice"));
        store.set("empty", Message.of());

        assertEquals(Optional.of(Message.utf8("Alice")), store.get("name"));
        assertEquals(Optional.of(Message.of()), store.get("empty"));
        assertTrue(store.delete("name"));
        assertFalse(store.delete("name"));
        assertEquals(Optional.empty(), store.get("name"));
    }

    @Test
    void otherClientsSeeTheSameKeysAndValues() {
        server.ask("SET", "name", "from another client");
        store.set("answer", Message.of((byte) 0, (byte) -1));

        assertEquals(Optional.of(Message.utf8("from another client")), store.get("name"));
        assertEquals(
                Message.of((byte) 0, (byte) -1), Message.copyOf((java.nio.ByteBuffer) server.ask("GET", "answer")));
    }

    @Test
    void aValueWithATimeIsGoneAfterwards() {
        store.set("name", Message.utf8("Alice"), SHORT);
        store.set("other", Message.utf8("Bob"), LONG);

        eventually("the value to be gone", () -> store.get("name").isEmpty());
        assertTrue(store.get("other").isPresent());
        assertThrows(
                IllegalArgumentException.class, () -> store.set("name", Message.utf8("Alice"), Duration.ofNanos(5)));
    }

    @Test
    void aKeyThatHasSomethingElseIsSaidToHave() {
        server.ask("RPUSH", "list", "entry");

        MechanismException refused = assertThrows(MechanismException.class, () -> store.get("list"));

        assertTrue(refused.getMessage().contains("WRONGTYPE"), refused.getMessage());
        assertEquals(Optional.empty(), store.get("name"));
    }

    @Test
    void aServerThatCameBackIsUsedAgain() {
        store.set("name", Message.utf8("Alice"));

        server.kill();
        server.startAgain();

        assertEquals(Optional.empty(), store.get("name"), "it keeps nothing without persistence");
    }

    @Test
    void whatIsNoStoreIsRefusedWithAReason() throws Exception {
        int nobody = TestServer.freePort();

        ConnectFailedException absent =
                assertThrows(ConnectFailedException.class, () -> RedisStore.open("redis://127.0.0.1:" + nobody));
        assertTrue(absent.getMessage().contains("redis-server --port " + nobody), absent.getMessage());
        assertThrows(InvalidAddressException.class, () -> RedisStore.open("redis://host?cluster=true"));
        assertThrows(InvalidAddressException.class, () -> RedisStore.open("redis-stream://host"));
    }

    @Test
    void oneAtATimeHasALock() {
        try (RedisStore other = RedisStore.open(server.address(""));
                RedisLock lock = store.lock("job", LONG, Duration.ZERO).orElseThrow()) {
            assertTrue(lock.remaining().compareTo(LONG) <= 0);
            assertTrue(lock.remaining().compareTo(Duration.ofMinutes(1)) > 0);
            assertTrue(other.lock("job", LONG, SHORT).isEmpty());

            assertTrue(lock.release());

            assertEquals(Duration.ZERO, lock.remaining());
            assertFalse(lock.release(), "it was given back");
            assertTrue(other.lock("job", LONG, Duration.ZERO).isPresent());
        }
        assertTrue(store.lock("job", LONG, SHORT).isEmpty(), "closing the first did not take it from the second");
    }

    @Test
    void whoeverWaitsForALockIsGivenItWhenItIsGivenBack() throws Exception {
        RedisLock first = store.lock("job", LONG, Duration.ZERO).orElseThrow();
        try (RedisStore other = RedisStore.open(server.address(""))) {
            Thread waiting = new Thread(() -> other.lock("job", LONG, LONG));
            waiting.start();
            eventually("the other to ask", () -> !RespValues.text(server.ask("INFO", "commandstats"))
                    .contains("cmdstat_set:calls=1,"));

            first.release();

            waiting.join();
            assertEquals(1L, server.ask("EXISTS", "job"));
        }
    }

    @Test
    void aLockWhoseTimeIsOverIsAnothersAndIsNotTakenFromIt() {
        try (RedisStore other = RedisStore.open(server.address(""))) {
            RedisLock late = store.lock("job", SHORT, Duration.ZERO).orElseThrow();
            RedisLock next = other.lock("job", LONG, LONG).orElseThrow();

            assertEquals(Duration.ZERO, late.remaining());
            assertFalse(late.renew());
            assertFalse(late.release());
            late.close();

            assertTrue(store.lock("job", LONG, Duration.ZERO).isEmpty());
            assertTrue(next.renew());
            assertTrue(next.release());
        }
    }

    @Test
    void aLockThatIsRenewedIsHeldForItsWholeTimeAgain() {
        RedisLock lock = store.lock("job", LONG, Duration.ZERO).orElseThrow();
        server.ask("PEXPIRE", "job", 60_000);

        assertTrue(lock.renew());

        assertTrue((Long) server.ask("PTTL", "job") > 60_000);
    }

    @Test
    void aLockThatTheServerHasForgottenIsNotRenewed() {
        RedisLock lock = store.lock("job", LONG, Duration.ZERO).orElseThrow();

        server.kill();
        server.startAgain();

        assertFalse(lock.renew());
        assertEquals(Duration.ZERO, lock.remaining());
    }

    @Test
    void theLockOfAHolderThatWasKilledIsFreeWhenItsTimeIsOver() throws Exception {
        Process holder =
                TestProcess.start(LockHolderMain.class, server.address("").toUri(), String.valueOf(LONG.toMillis()));
        try {
            assertEquals('h', holder.getInputStream().read());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertTrue(store.lock("job", LONG, SHORT).isEmpty(), "it is held although its holder is dead");
        long left = (Long) server.ask("PTTL", "job");
        assertTrue(left > 0 && left <= LONG.toMillis(), "left: " + left);

        server.ask("PEXPIRE", "job", 50);

        assertTrue(store.lock("job", LONG, LONG).isPresent());
    }
}
