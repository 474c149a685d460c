package org.ipckit.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.Report;
import org.ipckit.transport.TransportRegistry;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentsTest {

    @TempDir
    private Path folder;

    @Test
    void whatTheDocumentsShowIsWhatTheKeptResultsSay() throws IOException {
        Documents documents = new Documents(Path.of("").toRealPath().getParent(), Transports.registry());

        assertSame(documents.pageLines(), documents.page());
        assertSame(documents.readmeLines(), documents.readme());
    }

    /** Names the first line that differs: all of a document would bury it. */
    private static void assertSame(List<String> made, Path document) throws IOException {
        List<String> lines = Files.readAllLines(document);
        String advice = "; run './ipckit bench publish FILE' with results of './ipckit bench'";
        for (int at = 0; at < Math.min(made.size(), lines.size()); at++) {
            assertEquals(made.get(at), lines.get(at), document + ", line " + (at + 1) + advice);
        }
        assertEquals(made.size(), lines.size(), document + advice);
    }

    @Test
    void publishedResultsAreSmallerAndSayTheSame() throws IOException {
        Documents documents = new Documents(folder, TransportRegistry.of());
        Files.createDirectories(documents.page().getParent());
        Files.write(documents.readme(), List.of("# x", "<!-- latency -->", "old", "<!-- /latency -->", "end"));
        Report report = Made.report(
                Made.ofRoundTrips(Made.UDS, 8_000, 8_100, 9_000, 8_200, 8_300), Made.missing(Made.RAW, "no luck"));
        Path whole = folder.resolve("bench.json");
        report.write(whole);

        documents.publish(report);

        assertTrue(Files.size(documents.results()) < Files.size(whole));
        Results kept = Results.of(Report.read(documents.results()));
        assertEquals(
                TerminalReport.lines(Results.of(report)).subList(0, 6),
                TerminalReport.lines(kept).subList(0, 6));
        Histogram before =
                Results.of(report).rows().get(0).times(Measurement.ROUND_TRIP).orElseThrow();
        Histogram after = kept.rows().get(0).times(Measurement.ROUND_TRIP).orElseThrow();
        assertEquals(before.getTotalCount(), after.getTotalCount());
        assertEquals(
                (double) before.getValueAtPercentile(99.5),
                (double) after.getValueAtPercentile(99.5),
                0.01 * before.getMaxValue());
        List<String> readme = Files.readAllLines(documents.readme());
        assertEquals("| `uds` | 8.21 us | 8.21 us |  | 122 k/s |  | 2.00 us |", readme.get(4));
        assertEquals("end", readme.get(readme.size() - 1));
        assertFalse(readme.contains("old"));
        assertTrue(String.join("\n", Files.readAllLines(documents.page())).contains("no luck"));
    }
}
