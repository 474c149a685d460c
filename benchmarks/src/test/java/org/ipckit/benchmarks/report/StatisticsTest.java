package org.ipckit.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void oneOutlierMovesTheSpreadAndNotTheDistanceOfTheQuartiles() {
        List<Double> values = List.of(10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 30.0);

        assertEquals(OptionalDouble.of(2), Statistics.spread(values));
        assertEquals(0, Statistics.quartileSpread(values));
    }

    @Test
    void theTestOfMannAndWhitneyIsExact() {
        // Without overlap: 2 of the orders of n and m values, which are 252, 3432 and 20.
        assertEquals(2.0 / 252, Statistics.sameSource(range(1, 5), range(6, 10)), 1e-12);
        assertEquals(2.0 / 3432, Statistics.sameSource(range(1, 7), range(11, 17)), 1e-12);
        assertEquals(2.0 / 20, Statistics.sameSource(range(4, 6), range(1, 3)), 1e-12);
        // From tables of the test: n = m = 5 with U = 2 is significant at 0.05 (0.032), with U = 3 it is not (0.056).
        assertEquals(8.0 / 252, Statistics.sameSource(List.of(1.0, 2.0, 3.0, 4.0, 7.5), range(6, 10)), 1e-12);
        assertEquals(14.0 / 252, Statistics.sameSource(List.of(1.0, 2.0, 3.0, 4.0, 8.5), range(6, 10)), 1e-12);
    }

    @Test
    void equalSamplesAreOfTheSameSource() {
        assertEquals(1, Statistics.sameSource(range(1, 7), range(1, 7)));
        assertEquals(1, Statistics.sameSource(List.of(1.0, 1.0, 1.0), List.of(1.0, 1.0, 1.0)));
        assertTrue(Statistics.sameSource(List.of(1.0, 1.0, 2.0, 2.0, 2.0), List.of(2.0, 2.0, 3.0, 3.0, 3.0)) > 0.008);
    }

    private static List<Double> range(int first, int last) {
        return java.util.stream.IntStream.rangeClosed(first, last)
                .mapToObj(value -> (double) value)
                .toList();
    }
}
