package org.ipckit.transport;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.inproc.InProcessTransport;
import org.ipckit.transport.spi.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SharedConnectionTest {

    private static final Message HELLO = Message.utf8("hello");

    private final Workers workers = new Workers();
    private Connection shared;
    private Connection far;

    @BeforeEach
    void connect() {
        Address address = Address.parse("inproc://" + getClass().getSimpleName());
        try (Listener listener = new InProcessTransport().listen(address)) {
            shared = Connections.shared(new InProcessTransport().connect(address, ZERO));
            far = listener.accept();
        }
    }

    @AfterEach
    void close() {
        shared.close();
        far.close();
        workers.close();
    }

    /** Starts it and waits until it waits for its turn. */
    private <T> Future<T> waiting(java.util.concurrent.Callable<T> task) throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        Future<T> started = workers.call(() -> {
            thread.set(Thread.currentThread());
            return task.call();
        });
        eventually("it waits", () -> {
            Thread it = thread.get();
            return it != null && (it.getState() == Thread.State.TIMED_WAITING || it.getState() == Thread.State.WAITING);
        });
        return started;
    }

    private static By closedBy(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(ConnectionClosedException.class, call).by();
    }

    @Test
    void manyThreadsSendAndReceiveWhatEachOfThemSent() throws Exception {
        List<Future<?>> senders = new ArrayList<>();
        for (int each = 0; each < 8; each++) {
            Message message = Message.utf8("from " + each);
            senders.add(workers.start(() -> {
                for (int round = 0; round < 500; round++) {
                    shared.send(message);
                }
            }));
        }
        for (int each = 0; each < 8 * 500; each++) {
            far.send(far.receive());
        }
        for (Future<?> sender : senders) {
            join(sender);
        }
        List<Future<Integer>> receivers = new ArrayList<>();
        for (int each = 0; each < 8; each++) {
            receivers.add(workers.call(() -> {
                int count = 0;
                while (shared.receive(ZERO).isPresent()) {
                    count++;
                }
                return count;
            }));
        }
        int received = 0;
        for (Future<Integer> receiver : receivers) {
            received += join(receiver);
        }
        while (shared.receive(ZERO).isPresent()) {
            received++;
        }
        assertEquals(8 * 500, received);
    }

    @Test
    void aClaimKeepsTheOthersOutUntilItEndsAndTheyComeInTheirOrder() throws Exception {
        Claim claim = shared.claim(10, ZERO);
        List<Future<?>> senders = new ArrayList<>();
        for (int each = 0; each < 5; each++) {
            Message message = Message.utf8("sender " + each);
            senders.add(waiting(() -> {
                shared.send(message);
                return null;
            }));
        }
        assertTrue(far.receive(ofMillis(20)).isEmpty());

        claim.buffer().put(HELLO.asByteBuffer());
        claim.commit(5);

        assertEquals(HELLO, far.receive());
        for (int each = 0; each < 5; each++) {
            assertEquals("sender " + each, far.receive().toUtf8());
        }
        for (Future<?> sender : senders) {
            join(sender);
        }
    }

    @Test
    void whoMayNotWaitDoesNotPassThoseWhoDo() throws Exception {
        Claim claim = shared.claim(10, ZERO);
        Future<Boolean> first = waiting(() -> shared.offer(HELLO.asByteBuffer(), Waits.FOREVER));

        assertFalse(join(workers.call(() -> shared.offer(HELLO.asByteBuffer(), ZERO))));
        claim.close();
        assertTrue(join(first));
        assertTrue(shared.offer(HELLO.asByteBuffer(), ZERO));
    }

    @Test
    void waitingForTheTurnCountsTowardsTheTimeOut() throws Exception {
        Claim claim = shared.claim(10, ZERO);
        Future<Void> other = workers.call(() -> {
            long start = System.nanoTime();
            assertFalse(shared.offer(HELLO.asByteBuffer(), ofMillis(30)));
            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(30));
            assertNull(shared.claim(1, ofMillis(1)));
            return null;
        });
        join(other);
        claim.close();

        Future<Message> receiver = waiting(shared::receive);
        assertEquals(Optional.empty(), shared.receive(ofMillis(10)));
        assertEquals(0, shared.poll(message -> {}, 1));
        far.send(HELLO);
        assertEquals(HELLO, join(receiver));
    }

    @Test
    void closeWakesAlsoThoseWhoWaitForAClaimOfAnotherToEnd() throws Exception {
        Claim claim = shared.claim(10, ZERO);
        Future<By> first = waiting(() -> closedBy(() -> shared.send(HELLO)));
        Future<By> second = waiting(() -> closedBy(shared::flush));
        Future<By> third = waiting(() -> closedBy(() -> shared.claim(1, Waits.FOREVER)));

        shared.close();

        assertEquals(By.THIS_SIDE, join(first));
        assertEquals(By.THIS_SIDE, join(second));
        assertEquals(By.THIS_SIDE, join(third));
        assertEquals(By.THIS_SIDE, closedBy(() -> claim.commit(1)));
        claim.close();
        assertEquals(By.THIS_SIDE, closedBy(() -> shared.offer(HELLO.asByteBuffer(), ZERO)));
        assertEquals(By.THIS_SIDE, closedBy(() -> shared.poll(message -> {}, 1)));
    }

    @Test
    void theThreadThatHasAClaimOrIsInsideAHandlerIsToldSo() {
        try (Claim claim = shared.claim(1, ZERO)) {
            assertThrows(IllegalStateException.class, () -> shared.offer(HELLO.asByteBuffer(), ZERO));
            assertThrows(IllegalStateException.class, () -> shared.claim(1, Waits.FOREVER));
            claim.commit(0);
            assertThrows(IllegalStateException.class, () -> claim.commit(0));
        }
        far.send(HELLO);
        assertEquals(
                1, shared.poll(message -> assertThrows(IllegalStateException.class, () -> shared.receive(ZERO)), 1));
        assertEquals(Message.of(), far.receive());
    }

    @Test
    void aClaimMayBeEndedByAnotherThread() throws Exception {
        Claim claim = shared.claim(1, ZERO);
        join(workers.start(() -> claim.commit(0)));

        assertTrue(shared.offer(HELLO.asByteBuffer(), ZERO));
        assertEquals(Message.of(), far.receive());
    }

    @Test
    void anInterruptEndsTheWaitForTheTurn() throws Exception {
        try (Claim claim = shared.claim(1, ZERO)) {
            Future<Boolean> flagStays = workers.call(() -> {
                Thread sender = Thread.currentThread();
                workers.interruptThisThreadWhen("it waits", () -> sender.getState() == Thread.State.TIMED_WAITING);
                assertThrows(InterruptedWaitException.class, () -> shared.send(HELLO));
                return Thread.interrupted();
            });
            assertTrue(join(flagStays));
            claim.commit(0);
        }
        assertTrue(shared.offer(HELLO.asByteBuffer(), ZERO));
    }

    @Test
    void whatIsSharedIsNotSharedAgain() {
        assertSame(shared, Connections.shared(shared));
    }
}
