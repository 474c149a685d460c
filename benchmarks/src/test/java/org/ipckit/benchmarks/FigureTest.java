package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.ipckit.benchmarks.Quantity.Better;
import org.junit.jupiter.api.Test;

class FigureTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void anIdlePairUsesWhatEachEndUsesPerSecondOfItsWaiting() {
        Figure figure = Figure.ofIdle(
                new Tally(1, SECOND / 2, new Usage(1_000_000, 0)), new Tally(1, SECOND / 4, new Usage(2_000_000, 0)));

        assertEquals(List.of(new Quantity("idleCpu", "ms/s", Better.LESS, 2 + 8)), figure.more());
    }

    @Test
    void aFanOutDeliversWhatArrivesAnywhereAndTellsWhatWasLost() {
        Figure figure = Figure.ofFanOut(
                new Tally(1000, SECOND, new Usage(5000, 200)),
                List.of(
                        new Tally(1000, SECOND, new Usage(10_000, 400)),
                        new Tally(600, 2 * SECOND, new Usage(1000, 1000))));

        assertEquals(1600, figure.messages());
        assertEquals(1300, figure.messagesPerSecond());
        assertEquals(10, figure.cpuNanosPerMessage());
        assertEquals(1, figure.allocatedBytesPerMessage());
        assertEquals(
                List.of(
                        new Quantity("subscribers", "1", Better.NEITHER, 2),
                        new Quantity("published", "1/s", Better.MORE, 1000),
                        new Quantity("lost", "messages", Better.LESS, 400)),
                figure.more());
    }

    @Test
    void whatThisJvmDoesNotTellIsNotKnown() {
        Tally silent = new Tally(10, SECOND, new Usage(10, -1));

        assertNull(Figure.of(Measurement.ONE_WAY, silent, silent, false).allocatedBytesPerMessage());
        assertNull(Figure.ofFanOut(silent, List.of(silent)).allocatedBytesPerMessage());
    }
}
