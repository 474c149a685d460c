package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ipckit.benchmarks.report.Table.Column;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.TransportRegistry;

/** The ranking of a lecture on the fundamentals, from the slowest to the fastest, beside ours. */
final class LectureTable {

    private static final List<Column> COLUMNS = List.of(
            Column.text("mechanism"),
            Column.text("the lecture"),
            Column.number("rank here"),
            Column.number("round trip p50"),
            Column.text("holds here"),
            Column.text("row"),
            Column.text("shared token, lecture"),
            Column.text("here"),
            Column.text("access and flow control, lecture"),
            Column.text("here"));

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "Shared file",
                    "simplest, slowest",
                    Claim.SLOWEST,
                    List.of("jsonfile"),
                    "filename/path",
                    "POSIX file locking (fcntl) \"may be safest\", or custom"),
            new Entry(
                    "Shared memory",
                    "fastest",
                    Claim.FASTEST,
                    List.of("shm?wait=spin", "shm"),
                    "API specific, e.g. integer key",
                    "(POSIX) semaphores safest, or custom"),
            new Entry(
                    "Named pipe (FIFO)",
                    "safer",
                    Claim.NONE,
                    List.of("pipe"),
                    "backing file name",
                    "file access; only one process should open for write"),
            new Entry(
                    "Sockets",
                    "safer",
                    Claim.NONE,
                    List.of("uds", "tcp"),
                    "socket number",
                    "socket binding, send/receive"));

    private LectureTable() {}

    private enum Claim {
        SLOWEST,
        FASTEST,
        NONE
    }

    /** A row of the lecture; of several rows of ours the fastest stands for it. */
    private record Entry(String mechanism, String rank, Claim claim, List<String> rows, String token, String access) {}

    private record Ranked(Entry entry, Optional<ResultRow> row, OptionalDouble nanos) {}

    static Table of(Results results, TransportRegistry registry) {
        List<Ranked> all = ENTRIES.stream().map(entry -> ranked(results, entry)).toList();
        List<Ranked> order = all.stream()
                .filter(each -> each.nanos().isPresent())
                .sorted(Comparator.comparingDouble(each -> each.nanos().orElseThrow()))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        for (Ranked each : all) {
            String scheme = each.entry().rows().get(each.entry().rows().size() - 1);
            Optional<Mechanism> mechanism = registry.find(
                    each.row().map(row -> row.name().replaceAll("\\?.*", "")).orElse(scheme));
            int rank = order.indexOf(each) + 1;
            rows.add(List.of(
                    each.entry().mechanism(),
                    each.entry().rank(),
                    rank == 0 ? "" : rank + " of " + order.size(),
                    each.nanos().isPresent() ? Unit.MICROS.text(each.nanos().getAsDouble()) : "not measured",
                    holds(each.entry().claim(), rank, order.size()),
                    each.row().map(ResultRow::name).orElse(""),
                    each.entry().token(),
                    mechanism.map(found -> found.traits().sharedToken()).orElse(""),
                    each.entry().access(),
                    mechanism.map(found -> found.traits().accessControl()).orElse("")));
        }
        return new Table("The lecture's ranking", "Rank 1 is the fastest.", COLUMNS, rows, List.of());
    }

    private static Ranked ranked(Results results, Entry entry) {
        return results.mainSize().stream()
                .boxed()
                .flatMap(size -> entry.rows().stream().map(name -> results.measured(name, size)))
                .flatMap(Optional::stream)
                .filter(row -> row.median(Aspect.ROUND_TRIP_P50).isPresent())
                .min(Comparator.comparingDouble(
                        row -> row.median(Aspect.ROUND_TRIP_P50).orElseThrow()))
                .map(row -> new Ranked(entry, Optional.of(row), row.median(Aspect.ROUND_TRIP_P50)))
                .orElse(new Ranked(entry, Optional.empty(), OptionalDouble.empty()));
    }

    private static String holds(Claim claim, int rank, int of) {
        if (claim == Claim.NONE || rank == 0 || of < ENTRIES.size()) {
            return "";
        }
        return rank == (claim == Claim.FASTEST ? 1 : of) ? "yes" : "no";
    }
}
