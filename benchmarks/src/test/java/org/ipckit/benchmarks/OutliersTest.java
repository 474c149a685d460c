package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.RowReport.RoundReport;
import org.junit.jupiter.api.Test;

class OutliersTest {

    @Test
    void aRoundFarFromTheOthersIsNamed() {
        assertEquals(List.of("outliers: round 3, one way 2.50 k/s"), remarks(10_000, 10_100, 2_500, 9_900, 10_050));
    }

    @Test
    void roundsThatScatterHaveNoOutlier() {
        assertEquals(List.of(), remarks(10_000, 14_000, 7_000, 12_000, 9_000));
    }

    @Test
    void aSmallDifferenceIsNoneHoweverSteadyTheOthersAre() {
        assertEquals(List.of(), remarks(10_000, 10_000, 11_000, 10_000, 10_000));
    }

    @Test
    void threeRoundsDoNotTellWhichOneIsWrong() {
        assertEquals(List.of(), remarks(10_000, 10_000, 1));
    }

    private static List<String> remarks(double... perSecond) {
        List<RoundReport> rounds = new ArrayList<>();
        for (double each : perSecond) {
            rounds.add(new RoundReport(
                    rounds.size() + 1, List.of(new Figure(Measurement.ONE_WAY, 1, 1, each, 1, null, null))));
        }
        return Outliers.remarks(rounds);
    }
}
