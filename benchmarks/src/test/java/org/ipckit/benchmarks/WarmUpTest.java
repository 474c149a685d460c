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
    void aRunThatWasDisturbedEndsNothing() {
        WarmUp warmUp = new WarmUp(1000);
        for (long nanos : new long[] {900, 5000, 5000, 800, 5000, 790, 780}) {
            assertTrue(warmUp.goesOn());
            warmUp.took(nanos);
        }
        assertFalse(warmUp.goesOn());
    }

    @Test
    void whatNeverStopsGettingFasterIsMeasuredAllTheSame() {
        assertEquals(50, runs(1_000_000_000, before -> before * 9 / 10));
    }

    private static int runs(long first, LongUnaryOperator next) {
        WarmUp warmUp = new WarmUp(first);
        long nanos = first;
        int runs = 0;
        for (; warmUp.goesOn(); runs++) {
            nanos = next.applyAsLong(nanos);
            warmUp.took(nanos);
        }
        return runs;
    }
}
