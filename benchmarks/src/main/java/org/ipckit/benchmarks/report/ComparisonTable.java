package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.report.Table.Column;

/** The table that a run is made for: one row each, medians over the rounds, and what they are compared with. */
final class ComparisonTable {

    static final List<Column> COLUMNS = List.of(
            new Column("", "", false),
            new Column("round trip, us", "p50", true),
            new Column("", "+-", true),
            new Column("", "p99", true),
            new Column("", "p99.9", true),
            new Column("", "x C", true),
            new Column("one way, messages/s", "", true),
            new Column("", "+-", true),
            new Column("", "x C", true),
            new Column("", "x raw", true),
            new Column("batched", "messages/s", true),
            new Column("", "x C", true),
            new Column("per message one way", "CPU ns", true),
            new Column("", "bytes", true));

    /** Beyond it the number says no more than that it is none. */
    private static final int MOST_PERCENT = 999;

    private final Results results;

    private ComparisonTable(Results results) {
        this.results = results;
    }

    /** Makes the table of one size of messages. */
    static Table of(Results results, int sizeBytes) {
        return new ComparisonTable(results).table(sizeBytes);
    }

    private Table table(int sizeBytes) {
        // What has only other figures, and the row that tells what measuring costs, are in tables of their own.
        List<ResultRow> rows = results.rows(sizeBytes).stream()
                .filter(row -> !FurtherTables.self(row) || !row.measured())
                .filter(row -> !row.has(Measurement.FAN_OUT))
                .toList();
        int rounds = rows.stream().mapToInt(ResultRow::lastRound).max().orElse(0);
        return new Table(
                "Messages of " + Unit.size(sizeBytes),
                "Messages of " + sizeBytes + " bytes; median of " + rounds
                        + " interleaved rounds, +- the farthest round; x: times the figure of the row in C (c-...) or"
                        + " without our API (raw-...) in the same round",
                COLUMNS,
                rows.stream().map(this::cells).toList(),
                List.of());
    }

    private List<String> cells(ResultRow row) {
        if (!row.measured()) {
            return List.of(row.name(), row.reason().map(reason -> "- " + reason).orElse("not reached"));
        }
        List<String> cells = new ArrayList<>();
        cells.add(row.name());
        cells.add(number(row, Aspect.ROUND_TRIP_P50));
        cells.add(spread(row, Aspect.ROUND_TRIP_P50));
        cells.add(number(row, Aspect.ROUND_TRIP_P99));
        cells.add(number(row, Aspect.ROUND_TRIP_P999));
        cells.add(timesLimit(row, Aspect.ROUND_TRIP_P50));
        cells.add(number(row, Aspect.RATE));
        cells.add(spread(row, Aspect.RATE));
        cells.add(timesLimit(row, Aspect.RATE));
        cells.add(Unit.ratio(results.timesRaw(row, Aspect.RATE)));
        cells.add(number(row, Aspect.BATCHED_RATE));
        cells.add(timesLimit(row, Aspect.BATCHED_RATE));
        cells.add(number(row, Aspect.CPU));
        cells.add(number(row, Aspect.ALLOCATION));
        return cells;
    }

    private static String number(ResultRow row, Aspect aspect) {
        OptionalDouble median = row.median(aspect);
        return median.isPresent() ? aspect.unit().number(median.getAsDouble()) : "";
    }

    private static String spread(ResultRow row, Aspect aspect) {
        OptionalDouble spread = Statistics.spread(row.values(aspect));
        if (spread.isEmpty()) {
            return "";
        }
        long percent = Math.round(100 * spread.getAsDouble());
        return percent > MOST_PERCENT ? ">" + MOST_PERCENT + "%" : percent + "%";
    }

    private String timesLimit(ResultRow row, Aspect aspect) {
        return Unit.ratio(results.timesLimit(row, aspect));
    }
}
