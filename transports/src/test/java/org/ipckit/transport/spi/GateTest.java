package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final Address HERE = Address.parse("uds://a");

    private final ConnectionEnd end = new ConnectionEnd(HERE);
    private final AtomicInteger left = new AtomicInteger();
    private final Gate gate = new Gate(HERE, end, left::incrementAndGet);

    @Test
    void ofThreadsThatComeAtTheSameTimeOneIsLetIn() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger mostInside = new AtomicInteger();
        AtomicInteger entered = new AtomicInteger();
        Runnable comesAndGoes = () -> {
            for (int turn = 0; turn < 300_000; turn++) {
                try {
                    gate.enter("send to");
                } catch (IllegalStateException another) {
                    continue;
                }
                mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                entered.incrementAndGet();
                inside.decrementAndGet();
                gate.leave();
            }
        };
        try (Workers workers = new Workers()) {
            List<Future<?>> threads = new ArrayList<>();
            for (int each = 0; each < 4; each++) {
                threads.add(workers.start(comesAndGoes::run));
            }
            for (Future<?> thread : threads) {
                Workers.join(thread);
            }
        }

        assertEquals(1, mostInside.get());
        assertTrue(entered.get() > 0);
        assertTrue(gate.isEmpty());
    }

    @Test
    void theRefusalSaysWhetherItIsAHandlerOrAnotherThread() throws Exception {
        gate.enter("receive from");
        String inHandler = assertThrows(IllegalStateException.class, () -> gate.enter("receive from"))
                .getMessage();
        assertEquals("receive from uds://a: not possible inside a handler", inHandler);

        try (Workers workers = new Workers()) {
            Workers.join(workers.start(() -> {
                String other = assertThrows(IllegalStateException.class, () -> gate.enter("receive from"))
                        .getMessage();
                assertEquals(
                        "receive from uds://a: another thread is doing so; Connections.shared lets several threads through",
                        other);
            }));
        }
    }

    @Test
    void whoWaitsUntilItIsEmptyWakesWhoIsInside() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(1);
        try (Workers workers = new Workers()) {
            Future<?> inside = workers.start(() -> {
                gate.enter("send to");
                entered.countDown();
                woken.await();
                gate.leave();
            });
            entered.await();

            assertTrue(gate.awaitEmpty(Deadline.NEVER, woken::countDown));
            Workers.join(inside);
        }
    }

    @Test
    void whoIsInsideItselfDoesNotWaitAndWhoseTimeIsOverDoesNotEither() throws Exception {
        gate.enter("send to");
        assertFalse(gate.awaitEmpty(Deadline.NEVER, () -> {}));

        try (Workers workers = new Workers()) {
            Workers.join(workers.start(() -> {
                long start = System.nanoTime();
                assertFalse(gate.awaitEmpty(Deadline.after(Duration.ofMillis(20)), () -> {}));
                assertTrue(System.nanoTime() - start >= 20_000_000);
                assertFalse(gate.awaitEmpty(Deadline.OVER, () -> {}));
            }));
        }
        gate.leave();
        assertTrue(gate.awaitEmpty(Deadline.OVER, () -> {}));
    }

    @Test
    void nobodyIsLetInToAClosedConnectionButToCleanUp() {
        end.close();
        assertThrows(ConnectionClosedException.class, () -> gate.enter("send to"));
        assertTrue(gate.isEmpty());

        gate.enterEvenIfClosed("close of a claim on");
        assertFalse(gate.isEmpty());
    }

    @Test
    void whoLeavesAClosedConnectionIsReported() {
        gate.enter("send to");
        gate.leave();
        assertEquals(0, left.get());

        gate.enter("send to");
        end.close();
        gate.leave();
        assertEquals(1, left.get());
    }

    @Test
    void whoTakesThePassOfAnotherIsNeverInsideTogetherWithIt() throws Exception {
        try (Workers workers = new Workers()) {
            for (int round = 0; round < 300; round++) {
                Gate fresh = new Gate(HERE, end, () -> {});
                AtomicInteger mostInside = new AtomicInteger();
                int[] inside = new int[1];
                Runnable comesAndGoes = () -> {
                    for (int turn = 0; turn < 2_000; turn++) {
                        try {
                            fresh.enter("send to");
                        } catch (IllegalStateException another) {
                            continue;
                        }
                        // Not atomic: whoever is alone needs nothing, and two would lose count.
                        inside[0]++;
                        mostInside.accumulateAndGet(inside[0], Math::max);
                        inside[0]--;
                        fresh.leave();
                    }
                };
                Future<?> first = workers.start(comesAndGoes::run);
                Future<?> second = workers.start(comesAndGoes::run);
                Workers.join(first);
                Workers.join(second);

                assertEquals(1, mostInside.get());
                assertEquals(0, inside[0]);
            }
        }
    }

    @Test
    void nobodyIsInsideOnceItIsClosedAndEmpty() throws Exception {
        try (Workers workers = new Workers()) {
            for (int round = 0; round < 300; round++) {
                ConnectionEnd open = new ConnectionEnd(HERE);
                Gate fresh = new Gate(HERE, open, () -> {});
                AtomicBoolean everybodyGone = new AtomicBoolean();
                CountDownLatch entered = new CountDownLatch(1);
                Future<?> sender = workers.start(() -> {
                    while (true) {
                        try {
                            fresh.enter("send to");
                        } catch (ConnectionClosedException closed) {
                            return;
                        }
                        entered.countDown();
                        assertFalse(everybodyGone.get());
                        fresh.leave();
                    }
                });
                entered.await();
                LockSupport.parkNanos(round * 1_000L);

                open.close();
                assertTrue(fresh.awaitEmpty(Deadline.NEVER, () -> {}));
                everybodyGone.set(true);
                Workers.join(sender);
            }
        }
    }

    @Test
    void threadsThatTakeTurnsAllGetIn() throws Exception {
        try (Workers workers = new Workers()) {
            for (int turn = 0; turn < 50; turn++) {
                Workers.join(workers.start(() -> {
                    gate.enter("send to");
                    assertFalse(gate.isEmpty());
                    gate.leave();
                }));
                gate.enter("send to");
                gate.leave();
                assertTrue(gate.isEmpty());
            }
        }
    }

    @Test
    void whoIsInsideIsRefusedAgainAlsoWhenItsPassWasTaken() throws Exception {
        gate.enter("receive from");
        try (Workers workers = new Workers()) {
            Workers.join(
                    workers.start(() -> assertThrows(IllegalStateException.class, () -> gate.enter("receive from"))));
        }
        String inHandler = assertThrows(IllegalStateException.class, () -> gate.enter("receive from"))
                .getMessage();
        assertTrue(inHandler.endsWith("not possible inside a handler"), inHandler);
        assertFalse(gate.isEmpty());

        gate.leave();
        assertTrue(gate.isEmpty());
        gate.enter("receive from");
        gate.leave();
    }
}
