package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.WaitStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing wakes whoever waits, lets go what was accepted, and gives back once. */
@Timeout(120)
class DuplexCloseTest extends DuplexFixture {

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
