package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Against a clock that only goes on when a call takes time, or somebody looks at it. */
class OpenLoopTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;

    private final MadeUpClock clock = new MadeUpClock();
    private final OpenLoop thousandPerSecond = new OpenLoop(clock::look, 1000);

    @Test
    void callsThatKeepUpTakeTheirOwnTime() throws IOException {
        thousandPerSecond.run(SECOND, number -> clock.pass(MILLI / 10));

        assertEquals(1000, thousandPerSecond.made());
        assertEquals(1000, thousandPerSecond.times().getTotalCount());
        assertNear(MILLI / 10, thousandPerSecond.times().getMaxValue());
    }

    @Test
    void aStallIsSeenByEveryCallThatItDelays() throws IOException {
        // 100 ms at the 500th call. The calls behind it are due each millisecond and take a tenth of one, so each ends
        // 0.9 ms less late than the one before: 100, 99.1, 98.2 ... and after 111 of them all is as it was.
        thousandPerSecond.run(SECOND, number -> clock.pass(number == 500 ? 100 * MILLI : MILLI / 10));

        Histogram times = thousandPerSecond.times();
        assertEquals(1000, times.getTotalCount());
        assertNear(100 * MILLI, times.getMaxValue());
        assertNear(MILLI / 10, times.getValueAtPercentile(50));
        assertWithin(111, times.getCountBetweenValues(MILLI / 5, 101 * MILLI), 1);
        // 10 calls are slower than p99, and each of them 0.9 ms less than the one before: the 11th slowest.
        assertNear(100 * MILLI - 10 * 9 * MILLI / 10, times.getValueAtPercentile(99));
        assertNear(100 * MILLI - 50 * 9 * MILLI / 10, times.getValueAtPercentile(95));
    }

    @Test
    void callsThatCannotBeMadeInTimeCountAsLateAsTheyAre() throws IOException {
        thousandPerSecond.run(SECOND, number -> clock.pass(10 * MILLI));

        // After twice the time 200 were made; the 201st was due at 200 ms and has waited 1.8 s, the last 1.001 s.
        assertEquals(200, thousandPerSecond.made());
        assertEquals(800, thousandPerSecond.notMade());
        assertNear(2 * SECOND, thousandPerSecond.elapsedNanos());
        assertEquals(1000, thousandPerSecond.times().getTotalCount());
        assertNear(2 * SECOND - 199 * MILLI, thousandPerSecond.times().getMaxValue());
        // Below 1352 ms are 149 that were made, each 9 ms later than the one before, and 351 that were not.
        assertNear(1352 * MILLI, thousandPerSecond.times().getValueAtPercentile(50));
    }

    @Test
    void noCallBeginsBeforeItsTime() throws IOException {
        thousandPerSecond.run(SECOND, number -> {
            assertTrue(clock.now - clock.first >= (number - 1) * MILLI, number + " began at " + clock.now);
            clock.pass(1);
        });
    }

    private static void assertNear(long expected, long actual) {
        assertWithin(expected, actual, expected / 200); // three digits are kept
    }

    private static void assertWithin(long expected, long actual, long tolerance) {
        assertTrue(Math.abs(actual - expected) <= tolerance, actual + " is not " + expected);
    }

    private static final class MadeUpClock {
        private final long first = -7 * SECOND;
        private long now = first;

        long look() {
            long seen = now;
            now += 100;
            return seen;
        }

        void pass(long nanos) {
            now += nanos;
        }
    }
}
