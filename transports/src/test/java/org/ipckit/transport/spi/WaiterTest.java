package org.ipckit.transport.spi;

import static java.time.Duration.ofMillis;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Address;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.WaitStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class WaiterTest {

    private static final Address ADDRESS = Address.parse("test://here");
    private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

    private final Workers workers = new Workers();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicBoolean there = new AtomicBoolean();

    @AfterEach
    void end() {
        there.set(true);
        workers.close();
    }

    private Waiter waiter(WaitStrategy strategy, Sleeper sleeper) {
        return new Waiter(strategy, sleeper, "receive from", ADDRESS);
    }

    private boolean look() {
        looks.incrementAndGet();
        return there.get();
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void whatIsThereIsNotWaitedForWhateverTheDeadlineAndTheFlagSay(WaitStrategy strategy) {
        there.set(true);
        try (Waiter waiter = waiter(strategy, new ThreadSleeper())) {
            Thread.currentThread().interrupt();
            assertTrue(waiter.await(this::look, Deadline.OVER));
            assertTrue(Thread.interrupted());
        }
        assertEquals(1, looks.get());
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void aWaitIsNotShorterThanItsTimeAndLooksOnceMoreAfterIt(WaitStrategy strategy) {
        long start = System.nanoTime();
        try (Waiter waiter = waiter(strategy, new ThreadSleeper())) {
            assertFalse(waiter.await(this::look, Deadline.after(ofMillis(20))));
            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(20));

            looks.set(0);
            assertTrue(waiter.await(() -> looks.incrementAndGet() == 2, Deadline.OVER));

            long again = System.nanoTime();
            assertFalse(waiter.await(this::look, ofMillis(20)));
            assertTrue(System.nanoTime() - again >= TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void aWakeMakesItLookAgainAndNoneIsLost(WaitStrategy strategy) throws Exception {
        try (Waiter waiter = waiter(strategy, new ThreadSleeper())) {
            for (int round = 0; round < 300; round++) {
                there.set(false);
                Future<Boolean> waiting = workers.call(() -> waiter.await(this::look, Deadline.NEVER));
                there.set(true);
                waiter.wake();
                assertTrue(join(waiting));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void anInterruptEndsItBeforeAndDuringTheWaitAndStaysSet(WaitStrategy strategy) throws Exception {
        try (Waiter waiter = waiter(strategy, new ThreadSleeper())) {
            for (boolean before : new boolean[] {true, false}) {
                looks.set(0);
                Future<Boolean> flag = workers.call(() -> {
                    if (before) {
                        Thread.currentThread().interrupt();
                    } else {
                        workers.interruptThisThreadWhen("it waits", () -> looks.get() > 0);
                    }
                    InterruptedWaitException ended = assertThrows(
                            InterruptedWaitException.class, () -> waiter.await(this::look, Deadline.NEVER));
                    assertEquals("receive from test://here: interrupted while waiting", ended.getMessage());
                    return Thread.interrupted();
                });
                assertTrue(join(flag));
            }
        }
    }

    @Test
    void whatALookThrowsIsPassedOn() {
        IllegalStateException failure = new IllegalStateException("for the test");
        try (Waiter waiter = waiter(WaitStrategy.BLOCK, new ThreadSleeper())) {
            assertSame(
                    failure,
                    assertThrows(
                            IllegalStateException.class,
                            () -> waiter.await(
                                    () -> {
                                        throw failure;
                                    },
                                    Deadline.NEVER)));
        }
    }

    @Test
    void blockingSleepsAndDoesNotLookWhileNothingHappens() throws Exception {
        try (Waiter waiter = waiter(WaitStrategy.BLOCK, new ThreadSleeper())) {
            Future<Boolean> waiting = workers.call(() -> waiter.await(this::look, Deadline.NEVER));
            int[] before = {-1};
            // Two samples a while apart that are alike: it sleeps.
            eventually("it sleeps", () -> {
                Thread.sleep(20);
                boolean still = looks.get() == before[0];
                before[0] = looks.get();
                return still;
            });
            there.set(true);
            waiter.wake();
            assertTrue(join(waiting));
        }
    }

    @Test
    void blockingLooksAsLongAsTheSleeperSays() {
        Patient patient = new Patient();
        long start = System.nanoTime();
        try (Waiter waiter = waiter(WaitStrategy.BLOCK, patient)) {
            assertTrue(waiter.await(this::look, Deadline.NEVER));
        }

        assertEquals(1, patient.sleeps);
        assertEquals(ALONE ? 0 : 1, patient.asked);
        assertTrue(ALONE || System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(50));
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void whatComesWithinTheFirstLooksIsNotHeldUpByAClock(WaitStrategy strategy) {
        Patient patient = new Patient();
        try (Waiter waiter = waiter(strategy, patient)) {
            assertTrue(waiter.await(() -> looks.incrementAndGet() == Patient.LOOKS, ofMillis(20)));
        }

        assertEquals(0, patient.asked, "it was asked how long to look, which a clock is needed for");
    }

    /** Looks for long and then sees that there is something. */
    private final class Patient implements Sleeper {

        private static final int LOOKS = 5;

        private int asked;
        private int sleeps;

        @Override
        public long lookNanos() {
            asked++;
            return TimeUnit.MILLISECONDS.toNanos(50);
        }

        @Override
        public int looksPerClock() {
            return LOOKS;
        }

        @Override
        public void sleep(long nanos) {
            sleeps++;
            there.set(true);
        }

        @Override
        public void wake() {}

        @Override
        public void close() {}
    }

    // ---------------------------------------------------------------- the sleepers

    @Test
    void aWakeBeforeTheSleepEndsTheSleep() {
        ThreadSleeper sleeper = new ThreadSleeper();
        sleeper.wake();
        sleeper.wake();
        sleeper.sleep(Long.MAX_VALUE);

        long start = System.nanoTime();
        sleeper.sleep(10_000_000);
        assertTrue(System.nanoTime() - start >= 10_000_000, "two wakes are one");
        sleeper.close();
    }

    @Test
    void aChannelSleeperWakesWhenTheChannelIsReadyAndWhenItIsWokenOrInterrupted() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink();
                Waiter waiter = waiter(WaitStrategy.BLOCK, new ChannelSleeper(source, SelectionKey.OP_READ))) {
            long start = System.nanoTime();
            assertFalse(waiter.await(this::look, Deadline.after(ofMillis(20))));
            assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(20));

            Future<Boolean> waiting = workers.call(() -> waiter.await(this::look, Deadline.NEVER));
            there.set(true);
            sink.write(ByteBuffer.allocate(1));
            assertTrue(join(waiting));
            assertEquals(1, source.read(ByteBuffer.allocate(10)));

            there.set(false);
            Future<Boolean> woken = workers.call(() -> waiter.await(this::look, Deadline.NEVER));
            there.set(true);
            waiter.wake();
            assertTrue(join(woken));

            there.set(false);
            looks.set(0);
            Future<Boolean> flag = workers.call(() -> {
                workers.interruptThisThreadWhen("it waits", () -> looks.get() > 0);
                assertThrows(InterruptedWaitException.class, () -> waiter.await(this::look, Deadline.NEVER));
                return Thread.interrupted();
            });
            assertTrue(join(flag));
            assertTrue(source.isOpen(), "an interrupt must not close the channel");
        }
    }

    @Test
    void aChannelSleeperKeepsAWakeThatCameBeforeItsFirstSleep() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink();
                ChannelSleeper sleeper = new ChannelSleeper(source, SelectionKey.OP_READ)) {
            sleeper.wake();
            join(workers.start(() -> sleeper.sleep(Long.MAX_VALUE)));
            assertTrue(sink.isOpen());
        }
    }

    @Test
    void aChannelSleeperThatIsClosedDoesNotSleepAndLeavesNoDescriptor() throws Exception {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        try (Pipe.SourceChannel source = pipe.source();
                Pipe.SinkChannel sink = pipe.sink()) {
            long before = UnixPlace.descriptors();
            for (int round = 0; round < 50; round++) {
                ChannelSleeper sleeper = new ChannelSleeper(source, SelectionKey.OP_READ);
                if (round % 2 == 0) {
                    sleeper.sleep(1);
                }
                sleeper.close();
                sleeper.sleep(Long.MAX_VALUE);
                sleeper.wake();
            }
            eventually("the descriptors are given back", () -> UnixPlace.descriptors() <= before);
            assertTrue(sink.isOpen());
        }
    }
}
