package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An offer waits for room as long as it may, and what was begun is finished. */
@Timeout(120)
class DuplexOfferTest extends DuplexFixture {

    @Test
    void anOfferWithoutRoomIsRefusedAndTakesNothing() {
        outbox.room = 0;

        assertFalse(connection.offer(hello(), ZERO));
        assertEquals(List.of(), outbox.taken);
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void anOfferWaitsForRoomAndNotLessThanItsTime(WaitStrategy wait) throws Exception {
        try (DuplexConnection waiting = connection(wait)) {
            outbox.room = 0;
            long start = System.nanoTime();
            assertFalse(waiting.offer(hello(), ofMillis(30)));
            assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(30));

            Future<Boolean> offer = workers.call(() -> waiting.offer(hello(), Waits.FOREVER));
            outbox.letGo();
            assertTrue(join(offer));
        }
        assertEquals(1, released.getAndSet(0));
    }

    @Test
    void theBufferOfAnOfferIsReadAndNotConsumed() {
        ByteBuffer message = ByteBuffer.wrap("<hello>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        message.position(1).limit(6);

        connection.offer(message, ZERO);

        assertEquals(List.of(HELLO), outbox.taken);
        assertEquals(1, message.position());
        assertEquals(6, message.limit());
    }

    @Test
    void theRestOfAMessageMovesWithinTheTimeOut() throws Exception {
        outbox.holdsBack = true;
        Future<Boolean> offer = workers.call(() -> connection.offer(hello(), Waits.FOREVER));
        eventually("the message is begun", () -> outbox.taken.size() == 1 && outbox.drains > 1);
        assertFalse(offer.isDone());

        outbox.letGo();

        assertTrue(join(offer));
        assertFalse(outbox.unfinished());
        assertEquals(0, outbox.kept);
    }

    @Test
    void anOfferThatMayNotWaitLeavesTheRestInTheConnectionUntilTheNext() {
        outbox.holdsBack = true;
        assertTrue(connection.offer(hello(), ZERO));
        assertEquals(1, outbox.kept, "the caller's buffer is its own again");
        assertFalse(connection.offer(Message.utf8("two").asByteBuffer(), ZERO));

        outbox.holdsBack = false;

        assertTrue(connection.offer(Message.utf8("two").asByteBuffer(), ZERO));
        assertEquals(List.of(HELLO, Message.utf8("two")), outbox.taken);
    }

    @Test
    void aMessageWhoseRestDoesNotMoveInTimeIsAcceptedAllTheSame() {
        outbox.holdsBack = true;

        assertTrue(connection.offer(hello(), ofMillis(20)));
        assertEquals(1, outbox.kept);
        assertTrue(connection.isOpen());
    }

    @Test
    void anInterruptWhileTheRestMovesKeepsItAndSaysTrueWithTheFlagSet() throws Exception {
        outbox.holdsBack = true;
        CountDownLatch flagSeen = new CountDownLatch(1);
        Future<Boolean> offer = workers.call(() -> {
            workers.interruptThisThreadWhen("the rest waits", () -> outbox.drains > 1);
            boolean accepted = connection.offer(hello(), Waits.FOREVER);
            if (Thread.interrupted()) {
                flagSeen.countDown();
            }
            return accepted;
        });

        assertTrue(join(offer));
        assertEquals(0, flagSeen.getCount());
        assertEquals(1, outbox.kept);
        outbox.letGo();
        connection.flush();
        assertEquals(List.of(HELLO), outbox.taken);
    }

    @Test
    void anInterruptBeforeOrDuringAWaitForRoomSendsNothingAndTheConnectionStaysUsable() throws Exception {
        outbox.room = 0;
        Thread.currentThread().interrupt();
        InterruptedWaitException refused =
                assertThrows(InterruptedWaitException.class, () -> connection.offer(hello(), ofMillis(1)));
        assertEquals("send to test://here: interrupted while waiting", refused.getMessage());
        assertFalse(connection.offer(hello(), ZERO), "looking once is no wait");
        assertTrue(Thread.interrupted());

        Future<Boolean> flagStays = workers.call(() -> {
            Thread sender = Thread.currentThread();
            workers.interruptThisThreadWhen("it waits", () -> sender.getState() == Thread.State.TIMED_WAITING);
            assertThrows(InterruptedWaitException.class, () -> connection.offer(hello(), Waits.FOREVER));
            return Thread.interrupted();
        });
        assertTrue(join(flagStays));

        outbox.letGo();
        assertTrue(connection.offer(hello(), ZERO));
        assertEquals(List.of(HELLO), outbox.taken);
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedBeforeAnythingIsWritten() {
        MessageTooLargeException refused =
                assertThrows(MessageTooLargeException.class, () -> connection.offer(ByteBuffer.allocate(101), ZERO));

        assertEquals(
                "offer to test://here: message of 101 bytes, this connection carries at most 100 (max-message=)",
                refused.getMessage());
        assertTrue(connection.offer(ByteBuffer.allocate(100), ZERO));
    }

    @Test
    void negativeTimeOutsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> connection.offer(hello(), ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> connection.claim(1, ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> connection.receive(ofNanos(-1)));
        assertEquals(List.of(), outbox.taken);
    }

    @Test
    void aPeerThatIsGoneEndsSendingButNotReceiving() {
        inbox.add("last words");
        outbox.gone = new IOException("Broken pipe");

        assertEquals(By.PEER, closedBy(() -> connection.offer(hello(), ZERO)));
        assertEquals(By.PEER, closedBy(connection::flush));
        assertEquals(By.PEER, closedBy(() -> connection.claim(1, ZERO)));
        assertFalse(connection.isOpen());
        assertEquals("last words", connection.receive().toUtf8());
    }

    @Test
    void flushWaitsUntilEverythingHasGone() throws Exception {
        outbox.holdsBack = true;
        assertTrue(connection.offer(hello(), ZERO));
        int before = outbox.drains;
        Future<?> flush = workers.start(connection::flush);
        eventually("flush waits", () -> outbox.drains > before);
        assertFalse(flush.isDone());

        outbox.letGo();

        join(flush);
        assertFalse(outbox.unfinished());
    }
}
