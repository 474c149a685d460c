package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Receiving and polling hand over what came, and then say how it ended. */
@Timeout(120)
class DuplexReceiveTest extends DuplexFixture {

    @Test
    void receiveReturnsWhatComesAndNothingWhenNothingComes() throws Exception {
        assertEquals(Optional.empty(), connection.receive(ZERO));
        long start = System.nanoTime();
        assertEquals(Optional.empty(), connection.receive(ofMillis(30)));
        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(30));

        Future<Message> receive = workers.call(connection::receive);
        inbox.add("hello");
        assertEquals(HELLO, join(receive));
    }

    @Test
    void anInterruptEndsReceiveAndTheConnectionStaysUsable() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedWaitException.class, () -> connection.receive(ofMillis(1)));
        assertEquals(Optional.empty(), connection.receive(ZERO));
        assertTrue(Thread.interrupted());

        inbox.add("hello");
        assertEquals(HELLO, connection.receive());
    }

    @Test
    void pollHandsOverWhatIsThereUpToItsLimit() {
        List<String> seen = new ArrayList<>();
        inbox.add("a");
        inbox.add("b");
        inbox.add("c");

        assertEquals(
                2, connection.poll(message -> seen.add(Message.copyOf(message).toUtf8()), 2));
        assertEquals(
                1, connection.poll(message -> seen.add(Message.copyOf(message).toUtf8()), 2));
        assertEquals(
                0, connection.poll(message -> seen.add(Message.copyOf(message).toUtf8()), 2));
        assertEquals(List.of("a", "b", "c"), seen);
        assertThrows(IllegalArgumentException.class, () -> connection.poll(message -> {}, 0));
    }

    @Test
    void aHandlerThatThrowsHasConsumedItsMessageAndEndsThePoll() {
        inbox.add("bad");
        inbox.add("good");
        IllegalArgumentException bad = new IllegalArgumentException("bad");

        assertSame(
                bad,
                assertThrows(
                        IllegalArgumentException.class,
                        () -> connection.poll(
                                message -> {
                                    throw bad;
                                },
                                10)));
        assertEquals("good", connection.receive().toUtf8());
    }

    @Test
    void receivingInsideAHandlerIsRefusedAndSendingIsNot() {
        inbox.add("hello");

        assertEquals(
                1,
                connection.poll(
                        message -> {
                            assertThrows(IllegalStateException.class, () -> connection.receive(ZERO));
                            assertThrows(IllegalStateException.class, () -> connection.poll(inner -> {}, 1));
                            connection.send(message);
                        },
                        1));
        assertEquals(List.of(HELLO), outbox.taken);
    }

    @Test
    void whatCameBeforeTheEndIsReceivedFirstAndThenTheEndIsSaidAgainAndAgain() {
        inbox.add("last words");
        inbox.end(Ending.goodbye());
        assertTrue(connection.isOpen());

        assertEquals(1, connection.poll(message -> {}, 10));
        for (int each = 0; each < 2; each++) {
            assertEquals(By.PEER, closedBy(() -> connection.receive(ZERO)));
            assertEquals(By.PEER, closedBy(() -> connection.poll(message -> {}, 1)));
        }
        assertFalse(connection.isOpen());
    }

    @Test
    void theKindOfTheEndIsTold() {
        inbox.end(Ending.loss("in the middle", null));
        ConnectionClosedException lost = assertThrows(ConnectionClosedException.class, () -> connection.receive(ZERO));
        assertEquals(By.LOSS, lost.by());
        assertEquals("receive from test://here: in the middle", lost.getMessage());

        inbox.end(Ending.corrupt("no frame"));
        assertThrows(CorruptMessageException.class, () -> connection.receive(ZERO));
    }
}
