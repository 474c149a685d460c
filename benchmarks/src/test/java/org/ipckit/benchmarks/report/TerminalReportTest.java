package org.ipckit.benchmarks.report;

import static org.ipckit.benchmarks.report.Made.C;
import static org.ipckit.benchmarks.report.Made.RAW;
import static org.ipckit.benchmarks.report.Made.UDS;
import static org.ipckit.benchmarks.report.Made.oneWay;
import static org.ipckit.benchmarks.report.Made.openLoop;
import static org.ipckit.benchmarks.report.Made.report;
import static org.ipckit.benchmarks.report.Made.round;
import static org.ipckit.benchmarks.report.Made.roundTrip;
import static org.ipckit.benchmarks.report.Made.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ipckit.benchmarks.RowReport;
import org.junit.jupiter.api.Test;

class TerminalReportTest {

    @Test
    void theTableShowsMediansSpreadsAndRatiosOfTheSameRound() {
        List<String> lines = TerminalReport.lines(Results.of(report(
                row(
                        UDS,
                        round(1, roundTrip(8_000), oneWay(900_000)),
                        round(2, roundTrip(9_000), oneWay(1_000_000)),
                        round(3, roundTrip(16_000), oneWay(1_100_000))),
                row(
                        RAW,
                        round(1, roundTrip(8_000), oneWay(1_000_000)),
                        round(2, roundTrip(8_000), oneWay(2_000_000)),
                        round(3, roundTrip(8_000), oneWay(1_000_000))),
                row(C, round(1, roundTrip(8_000)), round(2, roundTrip(6_000)), round(3, roundTrip(15_999))))));

        String uds = line(lines, "uds ");
        assertTrue(uds.matches("uds +9\\.00 +78% +9\\.00 +9\\.00 +1\\.00 +1\\.00 M +10% +0\\.90 +2000 +0\\.25"), uds);
        String header = lines.get(lines.indexOf(uds) - 1);
        assertEquals(header.indexOf("p50") + 3, uds.indexOf("9.00") + 4);
        assertEquals(header.indexOf("x raw") + 5, uds.indexOf("0.90") + 4);
    }

    @Test
    void anOpenLoopStandsBesideThatOfTheProgramInC() {
        List<String> lines = TerminalReport.lines(Results.of(report(
                row(UDS, round(1, openLoop(20_000, 50_000)), round(2, openLoop(9_000, 50_000))),
                row(C, round(1, openLoop(10_000, 80_000)), round(2, openLoop(6_000, 80_000))))));

        int title = lines.indexOf(line(lines, "Open loop"));
        List<String> table = lines.subList(title, lines.size());
        assertTrue(line(table, "uds ").matches("uds +50\\.0 k( +14\\.5){4} +1\\.75 +3\\.00"), table.toString());
        assertTrue(line(table, "c-uds").matches("c-uds +80\\.0 k( +8\\.00){4} +3\\.00"), table.toString());
    }

    @Test
    void aRowThatDidNotRunStandsInTheTableWithItsReason() {
        List<String> lines = TerminalReport.lines(Results.of(report(
                Made.missing(UDS, "the moon is full"),
                new RowReport(
                        RAW, List.of(), "it ran out of luck", false, List.of(), List.of(round(1, roundTrip(8_000)))))));

        assertEquals("uds      - the moon is full", line(lines, "uds "));
        assertTrue(lines.contains("raw-uds stopped after round 1: it ran out of luck"), lines.toString());
    }

    @Test
    void theMachineTheJdkTheCommitAndTheCommandStandBelowTheTable() {
        String text = String.join("\n", TerminalReport.lines(Results.of(report())));

        for (String told : List.of("Some CPU", "Linux 1", "Java 17", "./ipckit bench", "abcdef", "2026-01-01")) {
            assertTrue(text.contains(told), told + " is missing in\n" + text);
        }
    }

    private static String line(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }
}
