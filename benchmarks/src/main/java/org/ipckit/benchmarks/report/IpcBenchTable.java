package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ipckit.benchmarks.report.Table.Column;

/**
 * The table of goldsborough/ipc-bench, the best-known suite in C, in its own shape and order: messages there and back, one
 * at a time, per second.
 */
final class IpcBenchTable {

    private static final int HUNDRED = 100;
    private static final int KILO = 1024;

    private static final List<Column> COLUMNS = List.of(
            Column.text("Method"),
            Column.number("100 Byte Messages"),
            Column.number("1 Kilo Byte Messages"),
            Column.text("row here"),
            Column.number("100 B, published"),
            Column.number("1 KB, published"));

    private static final List<Entry> ENTRIES = List.of(
            new Entry("Unix Signals", "signal", "--broken--", "--broken--"),
            new Entry("ZeroMQ (TCP)", "peer-jeromq-tcp", "24,901 msg/s", "22,679 msg/s"),
            new Entry("Internet sockets (TCP)", "tcp", "70,221 msg/s", "67,901 msg/s"),
            new Entry("Domain sockets", "uds", "130,372 msg/s", "127,582 msg/s"),
            new Entry("Pipes", "", "162,441 msg/s", "155,404 msg/s"),
            new Entry("Message Queues", "", "232,253 msg/s", "213,796 msg/s"),
            new Entry("FIFOs (named pipes)", "pipe", "265,823 msg/s", "254,880 msg/s"),
            new Entry("Shared Memory", "shm?wait=spin", "4,702,557 msg/s", "1,659,291 msg/s"),
            new Entry("Memory-Mapped Files", "peer-agrona", "5,338,860 msg/s", "1,701,759 msg/s"));

    private IpcBenchTable() {}

    /** A row of ipc-bench: the row of ours that is the same mechanism, and what it publishes of its own machine. */
    private record Entry(String method, String row, String hundred, String kilo) {}

    static Table of(Results results) {
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : ENTRIES) {
            rows.add(List.of(
                    entry.method(),
                    cell(results, entry, HUNDRED),
                    cell(results, entry, KILO),
                    entry.row().isEmpty() ? "no such mechanism here" : entry.row(),
                    entry.hundred(),
                    entry.kilo()));
        }
        List<String> notes = new ArrayList<>();
        if (results.rows(HUNDRED).isEmpty() || results.rows(KILO).isEmpty()) {
            notes.add(
                    "These results lack one of the two sizes; './ipckit bench --size 100' and '--size 1024' measure them.");
        }
        notes.add("The published figures are of another machine, an i5-4590S at 3 GHz with Ubuntu 20.04.");
        return new Table(
                "ipc-bench's messages per second",
                "One message forth and back at a time, as goldsborough/ipc-bench counts it; its shared memory spins, so ours"
                        + " does.",
                COLUMNS,
                rows,
                notes);
    }

    private static String cell(Results results, Entry entry, int size) {
        if (entry.row().isEmpty()) {
            return "-";
        }
        Optional<ResultRow> row = results.measured(entry.row(), size);
        OptionalDouble rate =
                row.map(found -> found.median(Aspect.ROUND_TRIP_RATE)).orElse(OptionalDouble.empty());
        if (rate.isPresent()) {
            return String.format(Locale.ROOT, "%,d msg/s", Math.round(rate.getAsDouble()));
        }
        return results.rows(size).stream()
                .filter(each -> each.name().equals(entry.row()))
                .findFirst()
                .flatMap(ResultRow::reason)
                .orElse("not measured");
    }
}
