package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofNanos;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.Address;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    private final AtomicLong clock = new AtomicLong();

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 3, Long.MIN_VALUE})
    void itIsOverExactlyWhenItsTimeIsWhereverTheClockStands(long now) {
        clock.set(now);
        Deadline deadline = Deadline.after(ofNanos(10), clock::get);
        assertEquals(10, deadline.remainingNanos());

        clock.addAndGet(9);
        assertFalse(deadline.expired());
        assertEquals(ofNanos(1), deadline.remaining());
        clock.addAndGet(1);
        assertTrue(deadline.expired());
        clock.addAndGet(1000);
        assertEquals(0, deadline.remainingNanos());
    }

    @Test
    void foreverNeverComesNorDoesWhatIsTooLongForNanoseconds() {
        assertSame(Deadline.NEVER, Deadline.after(Waits.FOREVER, clock::get));
        assertSame(Deadline.NEVER, Deadline.after(ofDays(365L * 300), clock::get));
        assertSame(Deadline.NEVER, Deadline.after(Deadline.NEVER.remaining()));
        assertEquals(Long.MAX_VALUE, Deadline.nanos(Waits.FOREVER));
        assertEquals(Long.MAX_VALUE, Deadline.NEVER.remainingNanos());
        assertFalse(Deadline.NEVER.expired());
    }

    @Test
    void zeroIsOverAtOnceAndNegativeIsRefused() {
        assertTrue(Deadline.after(ZERO, clock::get).expired());
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Deadline.after(ofNanos(-1)));
        assertTrue(refused.getMessage().contains("Waits.FOREVER"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Deadline.after(Duration.ofSeconds(Long.MIN_VALUE)));
    }

    @Test
    void theEarlierOfTwoIsByTheSameClock() {
        Deadline deadline = Deadline.after(ofNanos(100), clock::get);

        assertSame(deadline, deadline.orWithin(ofNanos(100)));
        Deadline earlier = deadline.orWithin(ofNanos(40));
        clock.set(39);
        assertFalse(earlier.expired());
        clock.set(40);
        assertTrue(earlier.expired());
        assertFalse(Deadline.NEVER.orWithin(ofDays(1)).expired());
        assertTrue(Deadline.OVER.orWithin(ofDays(1)).expired());
        assertTrue(Deadline.NEVER.orWithin(ZERO).expired());
    }

    @Test
    void aLockThatIsNotFreeInTimeIsNotTaken() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        Address address = Address.parse("test://here");
        lock.lock();
        try (Workers workers = new Workers()) {
            assertFalse(Workers.join(workers.call(() -> Deadline.OVER.lock(lock, "send to", address))));
            assertFalse(
                    Workers.join(workers.call(() -> Deadline.after(ofNanos(100)).lock(lock, "send to", address))));
            assertTrue(Workers.join(workers.call(() -> {
                Thread.currentThread().interrupt();
                assertEquals(
                        "send to test://here: interrupted while waiting",
                        assertThrows(
                                        InterruptedWaitException.class,
                                        () -> Deadline.NEVER.lock(lock, "send to", address))
                                .getMessage());
                return Thread.interrupted();
            })));
        }
        assertTrue(Deadline.NEVER.lock(lock, "send to", address));
    }
}
