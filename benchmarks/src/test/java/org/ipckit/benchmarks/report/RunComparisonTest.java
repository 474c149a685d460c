package org.ipckit.benchmarks.report;

import static org.ipckit.benchmarks.report.Made.C;
import static org.ipckit.benchmarks.report.Made.UDS;
import static org.ipckit.benchmarks.report.Made.ofRoundTrips;
import static org.ipckit.benchmarks.report.Made.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ipckit.benchmarks.Machine;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.Row;
import org.ipckit.benchmarks.RowReport;
import org.junit.jupiter.api.Test;

class RunComparisonTest {

    private static final Row ALONE = Made.transport("alone");
    private static final String BUSY = "WARNING: other programs kept 1.0 processors busy between the rounds";

    @Test
    void aRowThatIsSlowerInEveryRoundIsARegression() {
        RunComparison slower = compare(
                report(ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000, 104_000)),
                report(ofRoundTrips(ALONE, 120_000, 121_000, 122_000, 123_000, 124_000)));

        assertTrue(slower.regression());
        assertEquals(
                "alone of 64 B  round trip p50    102 us    122 us   +20 %        REGRESSION",
                line(slower, "alone of 64 B  round"), () -> String.join("\n", slower.lines()));
        assertTrue(
                line(slower, "alone of 64 B  one way").endsWith("-16 %        REGRESSION"), slower.lines()::toString);
    }

    @Test
    void aRowThatIsFasterIsSaidToBeBetterAndIsNoRegression() {
        RunComparison faster = compare(
                report(ofRoundTrips(ALONE, 120_000, 121_000, 122_000, 123_000, 124_000)),
                report(ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000, 104_000)));

        assertFalse(faster.regression());
        assertTrue(line(faster, "alone of 64 B  round").endsWith("better"), faster.lines()::toString);
    }

    @Test
    void whatIsBelowTheThresholdOrOverlapsIsNoise() {
        Report before = report(ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000, 104_000));

        assertNothingChanged(compare(before, before));
        assertNothingChanged(compare(before, report(ofRoundTrips(ALONE, 105_000, 106_000, 107_000, 108_000, 109_000))));
        assertNothingChanged(compare(
                report(ofRoundTrips(ALONE, 100_000, 110_000, 120_000, 130_000, 140_000)),
                report(ofRoundTrips(ALONE, 115_000, 125_000, 135_000, 145_000, 155_000))));
        assertNothingChanged(
                compare(
                        report(ofRoundTrips(ALONE, 100_000, 100_000, 141_000, 141_000, 141_000)),
                        report(ofRoundTrips(ALONE, 170_000, 171_000, 172_000, 173_000, 174_000))),
                "less than the rounds vary by");
    }

    @Test
    void whereTheCompilersLuckDecidesMoreIsNeeded() {
        assertNothingChanged(compare(
                report(ofRoundTrips(ALONE, 500, 501, 502, 503, 504)),
                report(ofRoundTrips(ALONE, 620, 621, 622, 623, 624))));
        assertTrue(compare(
                        report(ofRoundTrips(ALONE, 500, 501, 502, 503, 504)),
                        report(ofRoundTrips(ALONE, 720, 721, 722, 723, 724)))
                .regression());
    }

    @Test
    void oneRoundThatWasDisturbedHidesNothing() {
        RunComparison slower = compare(
                report(ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000, 104_000, 105_000, 500_000)),
                report(ofRoundTrips(ALONE, 150_000, 151_000, 152_000, 153_000, 154_000, 155_000, 156_000)));

        assertTrue(slower.regression(), slower.lines()::toString);
    }

    @Test
    void tooFewRoundsAreNotJudged() {
        RunComparison few = compare(
                report(ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000)),
                report(ofRoundTrips(ALONE, 200_000, 201_000, 202_000, 203_000)));

        assertFalse(few.regression());
        assertTrue(
                few.lines().contains("0 figures are as before, 0 have changed, 4 could not be judged"),
                few.lines()::toString);
        assertTrue(line(few, "To be judged").endsWith("make both with --rounds 7"));
    }

    @Test
    void aMachineThatWasSlowerAltogetherIsNoRegression() {
        assertNothingChanged(compare(
                report(
                        ofRoundTrips(UDS, 100_000, 101_000, 102_000, 103_000, 104_000),
                        ofRoundTrips(C, 90_000, 90_000, 90_000, 90_000, 90_000)),
                report(
                        ofRoundTrips(UDS, 200_000, 201_000, 202_000, 203_000, 204_000),
                        ofRoundTrips(C, 180_000, 180_000, 180_000, 180_000, 180_000))));
    }

    @Test
    void onABusyMachineOnlyWhatHasALimitBesideItIsJudged() {
        Report before = report(
                ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000, 104_000),
                ofRoundTrips(UDS, 100_000, 101_000, 102_000, 103_000, 104_000),
                ofRoundTrips(C, 90_000, 90_000, 90_000, 90_000, 90_000));
        Report busy = Made.report(
                64,
                List.of(BUSY),
                ofRoundTrips(ALONE, 200_000, 201_000, 202_000, 203_000, 204_000),
                ofRoundTrips(UDS, 200_000, 201_000, 202_000, 203_000, 204_000),
                ofRoundTrips(C, 90_000, 90_000, 90_000, 90_000, 90_000));

        RunComparison comparison = compare(before, busy);

        assertTrue(comparison.regression());
        assertTrue(
                comparison.lines().stream().noneMatch(line -> line.startsWith("alone")), comparison.lines()::toString);
        assertTrue(comparison.lines().contains("B: " + BUSY), comparison.lines()::toString);
    }

    @Test
    void aRowThatDoesNotRunAnyMoreIsARegressionUnlessTheMachineLacksSomething() {
        Report before = report(ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000, 104_000));

        RunComparison broken = compare(before, report(Made.missing(ALONE, "it broke")));
        RunComparison skipped =
                compare(before, report(new RowReport(ALONE, List.of(), "no kernel", true, List.of(), List.of())));

        assertTrue(broken.regression());
        assertTrue(broken.lines().contains("alone of 64 B did not run in B: it broke"), broken.lines()::toString);
        assertFalse(skipped.regression());
    }

    @Test
    void whatIsOfAnotherSizeOrMachineIsNotComparedAndSaidSo() {
        RowReport fast = ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000, 104_000);
        RowReport slow = ofRoundTrips(ALONE, 200_000, 201_000, 202_000, 203_000, 204_000);

        RunComparison size = compare(report(fast), Made.report(4096, List.of(), slow));
        RunComparison machine = compare(
                report(fast), on(report(slow), new Machine(64, "Another CPU", "Linux 2 amd64", List.of()), "Java 17"));

        assertFalse(size.regression());
        assertTrue(
                size.lines().containsAll(List.of("alone of 64 B is only in A", "alone of 4 KiB is only in B")),
                size.lines()::toString);
        assertFalse(machine.regression());
        assertTrue(
                machine.lines().stream().anyMatch(line -> line.startsWith("A and B are of different machines")),
                machine.lines()::toString);
    }

    @Test
    void anotherJdkIsNamedAndWhatHasChangedIsStillTold() {
        Report before = report(ofRoundTrips(ALONE, 100_000, 101_000, 102_000, 103_000, 104_000));
        Report after = report(ofRoundTrips(ALONE, 200_000, 201_000, 202_000, 203_000, 204_000));

        RunComparison comparison = compare(before, on(after, Made.MACHINE, "Java 25"));

        assertTrue(comparison.regression());
        assertTrue(
                comparison.lines().contains("The JDK differs, and what has changed may be due to it: Java 17; Java 25"),
                comparison.lines()::toString);
    }

    private static Report on(Report report, Machine machine, String java) {
        return new Report(
                report.format(),
                report.date(),
                report.commit(),
                report.command(),
                machine,
                java,
                report.flags(),
                report.rounds(),
                report.measurementSeconds(),
                report.completed(),
                report.remarks(),
                report.rows());
    }

    private static RunComparison compare(Report before, Report after) {
        return RunComparison.of(before, after, 0.1);
    }

    private static void assertNothingChanged(RunComparison comparison) {
        assertNothingChanged(comparison, "");
    }

    private static void assertNothingChanged(RunComparison comparison, String why) {
        assertFalse(comparison.regression(), () -> why + comparison.lines());
        assertTrue(
                comparison.lines().stream().anyMatch(line -> line.contains(", 0 have changed, 0 could not be judged")),
                () -> why + comparison.lines());
    }

    private static String line(RunComparison comparison, String start) {
        return comparison.lines().stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError(comparison.lines()));
    }
}
