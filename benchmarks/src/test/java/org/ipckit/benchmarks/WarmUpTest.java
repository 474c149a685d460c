package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    @Test
    void whatIsNoFasterThreeTimesIsWarm() {
        assertEquals(3, runs(1000, before -> before));
        assertEquals(3, runs(1000, before -> before * 99 / 100), "less than what differs by itself");
    }

    @Test
    void whatGetsFasterGoesOnUntilItDoesNot() {
        assertEquals(14, runs(4000, before -> Math.max(100, before * 7 / 10)));
    }

    @Test
    void manySmallStepsAreOne() {
        assertEquals(50, runs(1_000_000_000, before -> before * 98 / 100));
    }

    @Test
    void aRunThatWasDisturbedEndsNothing() {
        WarmUp warmUp = new WarmUp(figure(1000, 1000));
        for (long nanos : new long[] {800, 5000, 5000, 600, 5000, 590, 580}) {
            assertTrue(warmUp.goesOn());
            warmUp.ran(figure(nanos, 1000));
        }
        assertFalse(warmUp.goesOn());
    }

    @Test
    void whatNeverStopsGettingFasterIsMeasuredAllTheSame() {
        assertEquals(50, runs(1_000_000_000, before -> before * 9 / 10));
    }

    @Test
    void whileTheCompilerTakesLessAndLessItGoesOn() {
        WarmUp warmUp = new WarmUp(figure(1000, 9000));
        for (long cpu : new long[] {8000, 7000, 6000, 5000, 5000, 5000, 5000}) {
            assertTrue(warmUp.goesOn());
            warmUp.ran(figure(1000, cpu));
        }
        assertFalse(warmUp.goesOn());
    }

    private static Figure figure(long nanos, long cpuNanos) {
        return new Figure(
                Measurement.ROUND_TRIP,
                1,
                nanos,
                1e9 / nanos,
                cpuNanos,
                null,
                new Latency(nanos, nanos, nanos, nanos, nanos, null));
    }

    private static int runs(long first, LongUnaryOperator next) {
        WarmUp warmUp = new WarmUp(figure(first, first));
        long nanos = first;
        int runs = 0;
        for (; warmUp.goesOn(); runs++) {
            nanos = next.applyAsLong(nanos);
            warmUp.ran(figure(nanos, nanos));
        }
        return runs;
    }
}
