package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.RowReport.RoundReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Row UDS = new Row("uds", Contender.Group.TRANSPORT, "c-uds", "raw-uds");
    private static final Row RAW = new Row("raw-uds", Contender.Group.RAW, "c-uds", null);

    @TempDir
    private Path folder;

    @Test
    void thePercentilesAreThoseOfTheRecordedTimes() {
        Histogram times = Latency.emptyHistogram();
        for (int micros = 1; micros <= 1000; micros++) {
            times.recordValue(micros * 1000L);
        }

        Latency latency = Latency.of(times, 123.5);

        assertWithin(500_000, latency.p50Nanos(), 500);
        assertWithin(990_000, latency.p99Nanos(), 1_000);
        assertWithin(999_000, latency.p999Nanos(), 1_000);
        assertWithin(1_000_000, latency.maxNanos(), 1_000);
        assertEquals(123.5, latency.meanUnclockedNanos());
        assertEquals(times, latency.times());
    }

    @Test
    void figuresWithoutAHistogramSayThatThereIsNone() {
        assertThrows(IllegalStateException.class, latency(7)::times);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        Histogram times = Latency.emptyHistogram();
        times.recordValue(4711);
        Figure figure = new Figure(Measurement.ROUND_TRIP, 1, 4711, 212268.1, 9000.5, 0.25, Latency.of(times, 4700));
        Report report = report(List.of(
                new RowReport(UDS, List.of("-Dx=y"), null, false, List.of("careful"), List.of(round(1, figure))),
                new RowReport(RAW, List.of(), "no such luck", true, List.of(), List.of())));
        Path file = folder.resolve("bench.json");
        Files.writeString(file, "an older file");

        report.write(file);

        assertEquals(report, Report.read(file));
        assertEquals(
                times,
                Report.read(file)
                        .rows()
                        .get(0)
                        .rounds()
                        .get(0)
                        .figures()
                        .get(0)
                        .latency()
                        .times());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void theTableShowsMediansSpreadsAndRatiosOfTheSameRound() {
        List<String> lines = new ReportTable(report(List.of(
                        new RowReport(
                                UDS,
                                List.of(),
                                null,
                                false,
                                List.of(),
                                List.of(
                                        round(1, roundTrip(8_000), oneWay(900_000)),
                                        round(2, roundTrip(9_000), oneWay(1_000_000)),
                                        round(3, roundTrip(16_000), oneWay(1_100_000)))),
                        new RowReport(
                                RAW,
                                List.of(),
                                null,
                                false,
                                List.of(),
                                List.of(
                                        round(1, roundTrip(8_000), oneWay(1_000_000)),
                                        round(2, roundTrip(8_000), oneWay(2_000_000)),
                                        round(3, roundTrip(8_000), oneWay(1_000_000)))),
                        new RowReport(
                                Row.ofLimit("uds"),
                                List.of(),
                                null,
                                false,
                                List.of(),
                                List.of(
                                        round(1, roundTrip(8_000)),
                                        round(2, roundTrip(6_000)),
                                        round(3, roundTrip(15_999)))))))
                .lines();

        String uds = line(lines, "uds ");
        assertTrue(uds.matches("uds +9\\.00 +78% +9\\.00 +9\\.00 +1\\.00 +1\\.00 M +10% +0\\.90 +2000 +0\\.25"), uds);
        String header = lines.get(lines.indexOf(uds) - 1);
        assertEquals(header.indexOf("p50") + 3, uds.indexOf("9.00") + 4);
        assertEquals(header.indexOf("x raw") + 5, uds.indexOf("0.90") + 4);
    }

    @Test
    void aRowThatDidNotRunStandsInTheTableWithItsReason() {
        List<String> lines = new ReportTable(report(List.of(
                        new RowReport(UDS, List.of(), "the moon is full", false, List.of(), List.of()),
                        new RowReport(
                                RAW,
                                List.of(),
                                "it ran out of luck",
                                false,
                                List.of(),
                                List.of(round(1, roundTrip(8_000)))))))
                .lines();

        assertEquals("uds      - the moon is full", line(lines, "uds "));
        assertTrue(lines.contains("raw-uds stopped after round 1: it ran out of luck"), lines.toString());
    }

    @Test
    void theMachineTheJdkTheCommitAndTheCommandStandBelowTheTable() {
        String text = String.join("\n", new ReportTable(report(List.of())).lines());

        for (String told : List.of("Some CPU", "Linux 1", "Java 17", "./ipckit bench", "abcdef", "2026-01-01")) {
            assertTrue(text.contains(told), told + " is missing in\n" + text);
        }
    }

    private static void assertWithin(long expected, long actual, long tolerance) {
        assertTrue(Math.abs(actual - expected) <= tolerance, actual + " is not " + expected);
    }

    private static String line(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    private static Report report(List<RowReport> rows) {
        return new Report(
                Report.FORMAT,
                "2026-01-01T00:00:00Z",
                "abcdef",
                "./ipckit bench",
                new Machine(2, "Some CPU", "Linux 1 amd64", List.of(0, 1)),
                "Java 17",
                JvmProcess.FLAGS,
                64,
                3,
                0.2,
                true,
                List.of(),
                rows);
    }

    private static RoundReport round(int number, Figure... figures) {
        return new RoundReport(number, List.of(figures));
    }

    private static Figure roundTrip(long nanos) {
        return new Figure(Measurement.ROUND_TRIP, 10, 10 * nanos, 1e9 / nanos, 9000, null, latency(nanos));
    }

    private static Figure oneWay(double perSecond) {
        return new Figure(Measurement.ONE_WAY, 10, Math.round(1e10 / perSecond), perSecond, 2000, 0.25, null);
    }

    private static Latency latency(long nanos) {
        return new Latency(nanos, nanos, nanos, nanos, nanos, null);
    }
}
