package org.ipckit.benchmarks.report;

import static org.ipckit.benchmarks.report.Made.ofRoundTrips;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.report.Table.Column;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;

/** The sources' tables, cell by cell as they are printed there. */
class SourceTablesTest {

    private static final Results NOTHING = Results.of(Made.report());

    @Test
    void theBlogsSummaryHasItsRowsColumnsAndFootnotes() {
        Table table = TraitsTable.of(Transports.registry());

        assertEquals(
                List.of(
                        "Method",
                        "Cross Platform Compatible",
                        "Requires File or File Descriptor",
                        "Requires External Service",
                        "Easy to write / read code ²",
                        "In ipckit"),
                table.columns().stream().map(Column::title).toList());
        assertEquals(
                List.of(
                        List.of("Pipes", "No", "Yes", "No", "No"),
                        List.of("Files", "Yes", "Yes", "No", "Yes"),
                        List.of("Message Queues", "Yes ³", "No", "Yes", "Yes"),
                        List.of("Shared Memory", "Yes ⁴", "Yes ⁵", "No", "No"),
                        List.of("Sockets", "Yes", "No", "No", "Yes"),
                        List.of("Signals", "No", "No", "No", "Yes")),
                table.rows().stream().map(row -> row.subList(0, 5)).toList());
        assertEquals(
                List.of("¹ bollocks", "² not easy", "³ mostly", "⁴ using mmap", "⁵ using mmap"),
                table.notes().subList(0, 5).stream()
                        .map(note -> String.join(
                                " ",
                                List.of(note.split("[ :,(]+", -1))
                                        .subList(0, note.startsWith("¹") || note.startsWith("³") ? 2 : 3)))
                        .toList());
    }

    @Test
    void whereOurTransportsDifferFromTheBlogAColumnOfItsOwnSaysSo() {
        Table table = TraitsTable.of(Transports.registry());

        assertEquals("pipe://", table.rows().get(0).get(5));
        assertTrue(table.rows().get(3).get(5).startsWith("shm://; cross platform: no (Linux"), table.rows()::toString);
        assertTrue(table.rows().get(5).get(5).contains("here the sides meet at a file"), table.rows()::toString);
    }

    @Test
    void vyrasClaimsStandBesideWhatWasMeasured() {
        Results results = Results.of(Made.report(
                ofRoundTrips(Made.UDS, 60_000, 60_000, 60_000), ofRoundTrips(Made.transport("tcp"), 12_000, 12_000)));

        Table table = VyraTable.of(results);

        assertEquals(
                List.of(
                        List.of("Unix domain socket", "0.05-0.2", "uds", "60.0 us", "inside", "60.0 us", "inside"),
                        List.of(
                                "TCP, localhost",
                                "0.2-1",
                                "tcp",
                                "12.0 us",
                                "outside: faster",
                                "12.0 us",
                                "outside: faster"),
                        List.of("ROS2 service", "1-5", "not measured here")),
                table.rows());
        assertTrue(table.notes().get(0).contains("10-100"));
    }

    @Test
    void withoutFiguresNothingIsMadeUp() {
        assertTrue(
                VyraTable.of(NOTHING).rows().stream().allMatch(row -> row.get(2).equals("not measured here")));
        assertTrue(IpcBenchTable.of(NOTHING).rows().stream()
                .allMatch(row -> row.get(1).equals("-") || row.get(1).equals("not measured")));
        assertTrue(LectureTable.of(NOTHING, Transports.registry()).rows().stream()
                .allMatch(row -> row.get(3).equals("not measured")));
    }

    @Test
    void theLecturesRankingIsHeldAgainstOurs() {
        Table table = LectureTable.of(
                Results.of(Made.report(
                        ofRoundTrips(Made.transport("jsonfile"), 800_000),
                        ofRoundTrips(Made.transport("shm"), 500),
                        ofRoundTrips(Made.transport("shm?wait=spin"), 350),
                        ofRoundTrips(Made.transport("pipe"), 8_000),
                        ofRoundTrips(Made.transport("tcp"), 12_000),
                        ofRoundTrips(Made.UDS, 7_000))),
                Transports.registry());

        assertEquals(
                List.of(
                        List.of("Shared file", "simplest, slowest", "4 of 4", "800 us", "yes", "jsonfile"),
                        List.of("Shared memory", "fastest", "1 of 4", "350 ns", "yes", "shm?wait=spin"),
                        List.of("Named pipe (FIFO)", "safer", "3 of 4", "8.00 us", "", "pipe"),
                        List.of("Sockets", "safer", "2 of 4", "7.00 us", "", "uds")),
                table.rows().stream().map(row -> row.subList(0, 6)).toList());
        assertEquals("file name", table.rows().get(0).get(7));
    }

    @Test
    void ipcBenchsTableHasItsShapeAndOurSignalsWhereItSaysBroken() {
        Report hundred = Made.report(
                100, List.of(), ofRoundTrips(Made.transport("signal"), 100_000), ofRoundTrips(Made.UDS, 8_000));
        Report kilo = Made.report(1024, List.of(), Made.missing(Made.transport("signal"), "no signals here"));

        Table table = IpcBenchTable.of(Results.of(List.of(hundred, kilo)));

        assertEquals(
                List.of("Method", "100 Byte Messages", "1 Kilo Byte Messages"),
                table.columns().subList(0, 3).stream().map(Column::title).toList());
        assertEquals(
                List.of(
                        "Unix Signals",
                        "ZeroMQ (TCP)",
                        "Internet sockets (TCP)",
                        "Domain sockets",
                        "Pipes",
                        "Message Queues",
                        "FIFOs (named pipes)",
                        "Shared Memory",
                        "Memory-Mapped Files"),
                table.rows().stream().map(row -> row.get(0)).toList());
        assertEquals(
                List.of("Unix Signals", "10,000 msg/s", "no signals here", "signal", "--broken--", "--broken--"),
                table.rows().get(0));
        assertEquals("125,000 msg/s", table.rows().get(3).get(1));
    }
}
