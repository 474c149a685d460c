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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {

    private final Gate gate = new Gate();

    @Test
    void ofThreadsThatComeAtTheSameTimeOneIsLetIn() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger mostInside = new AtomicInteger();
        AtomicInteger entered = new AtomicInteger();
        Runnable comesAndGoes = () -> {
            for (int turn = 0; turn < 300_000; turn++) {
                try {
                    gate.enter("send to", "here");
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
        gate.enter("receive from", "uds://a");
        String inHandler = assertThrows(IllegalStateException.class, () -> gate.enter("receive from", "uds://a"))
                .getMessage();
        assertEquals("receive from uds://a: not possible inside a handler", inHandler);

        try (Workers workers = new Workers()) {
            Workers.join(workers.start(() -> {
                String other = assertThrows(IllegalStateException.class, () -> gate.enter("receive from", "uds://a"))
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
                gate.enter("send to", "here");
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
        gate.enter("send to", "here");
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
}
