package org.ipckit.benchmarks.report;

import static org.ipckit.benchmarks.report.Made.C;
import static org.ipckit.benchmarks.report.Made.UDS;
import static org.ipckit.benchmarks.report.Made.ofRoundTrips;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.RowReport;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private static final Report SMALL = Made.report(ofRoundTrips(UDS, 8_000), ofRoundTrips(C, 7_000));
    private static final Report LARGE = Made.report(4096, List.of(), ofRoundTrips(UDS, 9_000));

    @Test
    void runsWithMessagesOfDifferentSizesBecomeOne() {
        Results results = Results.of(List.of(SMALL, LARGE));

        assertEquals(List.of(64, 4096), results.sizes());
        ResultRow small = results.measured("uds", 64).orElseThrow();
        assertEquals("c-uds", results.limit(small).orElseThrow().name());
        assertEquals(
                Optional.empty(),
                results.limit(results.measured("uds", 4096).orElseThrow()).map(ResultRow::name),
                "no limit was measured with that size");
        assertEquals(2, Charts.overSizes(results).size());
        assertEquals(List.of(), Charts.overSizes(Results.of(SMALL)));
    }

    @Test
    void aRatioIsOfRoundsInWhichTheProcessorsWereAsFarApart() {
        Report moved = Made.report(
                Made.row(
                        UDS,
                        Made.round(1, Made.roundTrip(900, 60)),
                        Made.round(2, Made.roundTrip(200, 60)),
                        Made.round(3, Made.roundTrip(900, 300))),
                Made.row(
                        C,
                        Made.round(1, Made.roundTrip(100, 300)),
                        Made.round(2, Made.roundTrip(100, 60)),
                        Made.round(3, Made.roundTrip(300, 300))));
        Results results = Results.of(moved);
        ResultRow row = results.measured("uds", 64).orElseThrow();
        ResultRow limit = results.limit(row).orElseThrow();

        assertEquals(List.of(2.0, 3.0), row.ratios(Aspect.ROUND_TRIP_P50, limit));
        assertEquals(2.5, results.timesLimit(row, Aspect.ROUND_TRIP_P50).orElseThrow());
    }

    @Test
    void whereTheProcessorsWereMovedInAllRoundsTheRatioIsOfAll() {
        Results results = Results.of(Made.report(
                Made.row(UDS, Made.round(1, Made.roundTrip(900, 60))),
                Made.row(C, Made.round(1, Made.roundTrip(100, 300)))));
        ResultRow row = results.measured("uds", 64).orElseThrow();

        assertEquals(9, results.timesLimit(row, Aspect.ROUND_TRIP_P50).orElseThrow());
    }

    @Test
    void theSameRowTwiceIsRefusedWithItsName() {
        String told = assertThrows(IllegalArgumentException.class, () -> Results.of(List.of(SMALL, SMALL)))
                .getMessage();

        assertEquals("the row uds with messages of 64 bytes is in two of the results", told);
    }

    @Test
    void aPageNeedsNothingElseAndTakesNoTextForHtml() {
        Results results = Results.of(Made.report(Made.missing(UDS, "<script>alert('x')</script> & \"more\"")));

        String page = HtmlReport.page(results, Transports.registry());

        assertFalse(page.contains("<script"), "no script");
        assertFalse(page.contains("http://") || page.contains("https://"), "no address elsewhere");
        assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;"));
    }

    @Test
    void whatStandsOutInSingleRoundsComesAfterAllFiguresAndFolded() {
        RowReport odd = new RowReport(
                UDS,
                List.of(),
                null,
                false,
                List.of("outliers: round 1"),
                List.of(Made.round(1, Made.roundTrip(8_000))));
        Results results = Results.of(Made.report(64, List.of("WARNING: noise"), odd));

        String page = HtmlReport.page(results, Transports.registry());
        String told = "<li>uds: outliers: round 1</li>";
        assertTrue(
                page.indexOf("WARNING: noise") < page.indexOf("<table>"),
                "what concerns all figures stands before them");
        assertTrue(page.indexOf(told) > page.lastIndexOf("</table>"));
        assertTrue(page.lastIndexOf("<details>") < page.indexOf(told));

        List<String> lines = MarkdownReport.lines(results, Transports.registry());
        assertEquals("- uds: outliers: round 1", lines.get(lines.size() - 1));
        assertTrue(lines.indexOf("- WARNING: noise") < 5);
    }

    @Test
    void rowsOfMoreCurvesThanCanBeToldApartAreDrawnByKind() {
        List<RowReport> rows = new ArrayList<>(List.of(ofRoundTrips(UDS, 8_000), ofRoundTrips(C, 7_000)));
        for (int i = 0; i < 9; i++) {
            rows.add(ofRoundTrips(Made.transport("t" + i), 9_000));
        }

        assertEquals(List.of("percentiles"), percentiles(rows.subList(0, 10)));
        assertEquals(List.of("percentiles", "percentiles-compared"), percentiles(rows));
    }

    private static List<String> percentiles(List<RowReport> rows) {
        return Charts.of(Results.of(Made.report(rows.toArray(RowReport[]::new))), 64).stream()
                .map(Chart::name)
                .filter(name -> name.startsWith("percentiles"))
                .toList();
    }

    @Test
    void markdownKeepsTextsInTheirCells() {
        assertEquals("a\\|b\\_c \\*d\\* &lt;e", MarkdownTable.escape("a|b_c\n*d* <e"));
    }
}
