package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Claim;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DuplexConnectionTest {

    private static final Message HELLO = Message.utf8("hello");

    private final ScriptedOutbox outbox = new ScriptedOutbox();
    private final ScriptedInbox inbox = new ScriptedInbox();
    private final AtomicInteger released = new AtomicInteger();
    private final Workers workers = new Workers();
    private final DuplexConnection connection = connection(WaitStrategy.BLOCK);

    private DuplexConnection connection(WaitStrategy wait) {
        return new DuplexConnection(
                Address.parse("test://here"),
                Capabilities.reliable(100),
                wait,
                outbox,
                outbox.sleeper,
                inbox,
                inbox.sleeper,
                released::incrementAndGet,
                Optional.empty());
    }

    private static By closedBy(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(ConnectionClosedException.class, call).by();
    }

    private static ByteBuffer hello() {
        return HELLO.asByteBuffer();
    }

    @AfterEach
    void nothingIsLeft() {
        Thread.interrupted();
        outbox.broken = null;
        outbox.letGo();
        connection.close();
        workers.close();
        assertEquals(1, released.get(), "released");
    }

    // ---------------------------------------------------------------- offering

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

    // ---------------------------------------------------------------- claiming

    @Test
    void aClaimIsSentWhenItIsCommittedAndNotWhenItIsClosed() {
        try (Claim claim = connection.claim(10, ZERO)) {
            claim.buffer().put(hello());
            claim.commit(5);
        }
        connection.claim(3, ZERO).close();

        assertEquals(List.of(HELLO), outbox.taken);
        assertEquals(1, outbox.aborted);
    }

    @Test
    void whileAClaimIsOpenNothingElseIsSent() {
        Claim claim = connection.claim(10, ZERO);

        assertThrows(IllegalStateException.class, () -> connection.offer(hello(), ZERO));
        assertThrows(IllegalStateException.class, () -> connection.claim(1, ZERO));
        assertThrows(IllegalStateException.class, connection::flush);

        claim.commit(0);
        assertTrue(connection.offer(hello(), ZERO));
        assertEquals(List.of(Message.of(), HELLO), outbox.taken);
    }

    @Test
    void aClaimThatHasEndedIsOfNoUse() {
        Claim claim = connection.claim(10, ZERO);
        claim.commit(1);

        assertThrows(IllegalStateException.class, claim::buffer);
        assertThrows(IllegalStateException.class, () -> claim.commit(1));
        claim.close();
        assertEquals(0, outbox.aborted);
    }

    @Test
    void aCommitOfMoreThanWasClaimedIsRefusedAndTheClaimStaysOpen() {
        Claim claim = connection.claim(10, ZERO);

        assertThrows(IllegalArgumentException.class, () -> claim.commit(11));
        assertThrows(IllegalArgumentException.class, () -> claim.commit(-1));
        claim.buffer().put(hello());
        claim.commit(5);

        assertEquals(List.of(HELLO), outbox.taken);
    }

    @Test
    void aClaimWithoutRoomIsNullAndOneOfAWrongSizeIsRefused() {
        outbox.room = 0;

        assertNull(connection.claim(1, ZERO));
        assertNull(connection.claim(1, ofMillis(5)));
        assertThrows(IllegalArgumentException.class, () -> connection.claim(-1, ZERO));
        assertThrows(MessageTooLargeException.class, () -> connection.claim(101, ZERO));
    }

    @Test
    void aCommitAfterThisSideHasClosedSendsNothing() {
        Claim claim = connection.claim(10, ZERO);
        connection.close();
        assertEquals(1, released.get());

        assertEquals(By.THIS_SIDE, closedBy(() -> claim.commit(1)));
        claim.close();

        assertEquals(List.of(), outbox.taken);
        assertEquals(0, outbox.aborted, "the outbox belongs to whoever closes");
    }

    // ---------------------------------------------------------------- receiving

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

    // ---------------------------------------------------------------- closing

    @Test
    void afterCloseEveryCallSaysThatThisSideHasClosed() {
        inbox.add("unread");
        connection.close();
        connection.close();

        assertEquals(By.THIS_SIDE, closedBy(() -> connection.offer(hello(), ZERO)));
        assertEquals(By.THIS_SIDE, closedBy(() -> connection.claim(1, ZERO)));
        assertEquals(By.THIS_SIDE, closedBy(connection::flush));
        assertEquals(By.THIS_SIDE, closedBy(() -> connection.receive(ZERO)));
        assertEquals(By.THIS_SIDE, closedBy(() -> connection.poll(message -> {}, 1)));
        assertFalse(connection.isOpen());
        assertEquals("test://here", connection.address().toUri());
        assertEquals(100, connection.capabilities().maxMessageSize());
        assertEquals(Optional.empty(), connection.peer());
        assertEquals(1, released.get());
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void closeWakesWhoWaitsInEitherDirection(WaitStrategy wait) throws Exception {
        DuplexConnection waiting = connection(wait);
        outbox.room = 0;
        Future<By> sender = workers.call(() -> closedBy(() -> waiting.send(HELLO)));
        Future<By> receiver = workers.call(() -> closedBy(waiting::receive));
        eventually("the receiver waits", () -> inbox.looks > 1);

        waiting.close();

        assertEquals(By.THIS_SIDE, join(sender));
        assertEquals(By.THIS_SIDE, join(receiver));
        eventually("it is given back", () -> released.get() == 1);
        released.set(0);
    }

    @Test
    void whatWasAcceptedLeavesBeforeTheConnectionIsGivenBack() throws Exception {
        outbox.holdsBack = true;
        assertTrue(connection.offer(hello(), ZERO));
        int before = outbox.drains;
        Future<?> close = workers.start(connection::close);
        eventually("close waits for room", () -> outbox.drains > before);
        assertEquals(0, released.get());

        outbox.letGo();

        join(close);
        assertFalse(outbox.unfinished());
        assertEquals(1, released.get());
    }

    @Test
    void whatDoesNotLeaveWithinASecondIsGivenUp() {
        outbox.holdsBack = true;
        assertTrue(connection.offer(hello(), ZERO));
        long start = System.nanoTime();

        connection.close();

        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(1000));
        assertTrue(outbox.unfinished());
        assertEquals(1, released.get());
    }

    @Test
    void anInterruptedThreadClosesAllTheSameAndStaysInterrupted() {
        outbox.holdsBack = true;
        assertTrue(connection.offer(hello(), ZERO));
        outbox.holdsBack = false;
        Thread.currentThread().interrupt();

        connection.close();

        assertTrue(Thread.interrupted());
        assertFalse(outbox.unfinished());
        assertEquals(1, released.get());
    }

    @Test
    void closeInsideAHandlerGivesBackWhenTheHandlerHasReturned() {
        inbox.add("a");
        inbox.add("b");

        assertEquals(
                1,
                connection.poll(
                        message -> {
                            connection.close();
                            assertEquals(0, released.get());
                            assertEquals("a", Message.copyOf(message).toUtf8());
                        },
                        10));

        assertEquals(1, released.get());
    }

    @Test
    void closeDoesNotWaitForAHandlerForEverAndWhoLeavesLastGivesBack() throws Exception {
        inbox.add("a");
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<Integer> poll = workers.call(() -> connection.poll(
                message -> {
                    inside.countDown();
                    awaitQuietly(leave);
                },
                10));
        inside.await();

        connection.close();
        assertEquals(0, released.get(), "not under somebody's hands");
        leave.countDown();

        assertEquals(1, join(poll));
        assertEquals(1, released.get());
    }

    @Test
    void severalWhoCloseAtOnceGiveBackOnce() throws Exception {
        for (int round = 0; round < 200; round++) {
            released.set(0);
            DuplexConnection each = connection(WaitStrategy.BLOCK);
            CountDownLatch go = new CountDownLatch(1);
            Future<?> receiver = workers.start(() -> {
                go.await();
                closedBy(each::receive);
            });
            Future<?> closer = workers.start(() -> {
                go.await();
                each.close();
            });
            go.countDown();
            each.close();
            join(receiver);
            join(closer);
            eventually("it is given back", () -> released.get() > 0);
            assertEquals(1, released.get());
        }
        released.set(0);
    }

    @Test
    void anOutboxThatFailsInItsLastWordsIsGivenBackAllTheSame() {
        outbox.holdsBack = true;
        assertTrue(connection.offer(hello(), ZERO));
        outbox.broken = new MechanismException("no more");

        assertThrows(MechanismException.class, connection::close);

        assertEquals(1, released.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
