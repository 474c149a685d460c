package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
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
    void aFileOfAnotherVersionOrAnotherKindIsRefusedWithASentence() throws IOException {
        Path file = folder.resolve("bench.json");
        report(List.of()).write(file);
        String text = Files.readString(file);
        String version = "\"format\" : " + Report.FORMAT;
        assertTrue(text.contains(version), text);

        assertRefused(
                text.replace(version, "\"format\" : 99"), "its form is version 99, and this program reads version");
        assertRefused("{\"key\": 1}", "these are no results of ipckit bench");
        assertRefused("[1, 2]", "these are no results of ipckit bench");
        assertRefused("", "these are no results of ipckit bench");
        assertRefused("not json", "these are no results of ipckit bench, or damaged");
        assertRefused(text.substring(0, text.length() / 2), "these are no results of ipckit bench, or damaged");
        assertRefused(text.replace("\"machine\"", "\"engine\""), "damaged");
        assertRefused(text.replace("\"date\" : \"2026-01-01T00:00:00Z\",", ""), "no date");
    }

    @Test
    void theFileSaysOfEveryNumberOfAFigureWhatItIsAndWhichIsBetter() throws IOException {
        Histogram times = Latency.emptyHistogram();
        times.recordValue(4711);
        Figure figure = new Figure(Measurement.ROUND_TRIP, 1, 4711, 212268.1, 9000.5, 0.25, Latency.of(times, 4700));
        Path file = folder.resolve("bench.json");
        report(List.of()).write(file);

        List<String> told =
                Json.MAPPER.readTree(file.toFile()).required("quantities").findValuesAsText("name");

        JsonNode latency = Json.MAPPER.valueToTree(figure.latency());
        JsonNode numbers = Json.MAPPER.valueToTree(figure);
        for (JsonNode tree : List.of(numbers, latency)) {
            tree.properties()
                    .forEach(field -> assertTrue(
                            !field.getValue().isNumber() || told.contains(field.getKey()),
                            field.getKey() + " is not in " + told));
        }
        assertTrue(
                Files.readString(file).contains("\"unit\" : \"ns\",\n    \"better\" : \"LESS\""),
                Files.readString(file));
    }

    private void assertRefused(String text, String reason) throws IOException {
        Path file = folder.resolve("other.json");
        Files.writeString(file, text);
        String told = assertThrows(InvalidReportException.class, () -> Report.read(file))
                .getMessage();
        assertTrue(told.startsWith(file + ": ") && told.contains(reason), told);
    }

    private static void assertWithin(long expected, long actual, long tolerance) {
        assertTrue(Math.abs(actual - expected) <= tolerance, actual + " is not " + expected);
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
                3,
                0.2,
                true,
                List.of(),
                rows);
    }

    private static RoundReport round(int number, Figure... figures) {
        return new RoundReport(number, List.of(figures));
    }

    private static Latency latency(long nanos) {
        return new Latency(nanos, nanos, nanos, nanos, nanos, null);
    }
}
