package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CacheLineTest {

    private static final int MANY = 100;

    @Test
    void aLineTakesLongerThanNothingWhereThreadsCanBePinned() throws InterruptedException {
        Processors processors = Processors.choose();

        CacheLine line = new CacheLine(processors);
        OptionalLong nanos = line.thereAndBack();
        // On a busy machine not each look gets both processors in time.
        for (int i = 0; i < MANY && nanos.isEmpty(); i++) {
            nanos = line.thereAndBack();
        }

        assertEquals(processors.pinned() && LibC.isAvailable(), nanos.isPresent());
        // Light itself takes more than a nanosecond to another core and back, through two caches.
        assertTrue(nanos.orElse(2) > 1, nanos.toString());
    }

    @Test
    void whereOneProcessorHasToDoNothingIsKnown() throws InterruptedException {
        assertEquals(OptionalLong.empty(), new CacheLine(new Processors(-1, -1, "only one")).thereAndBack());
    }

    @Test
    void twoThreadsOnOneProcessorEndAllTheSame() throws InterruptedException {
        int near = Processors.choose().near();

        // Each look takes the scheduler's turns, or the patience; what it says does not matter.
        new CacheLine(new Processors(near, near, "")).thereAndBack();
    }
}
