package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.ipckit.benchmarks.Contender;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.report.Table.Column;

/** The few figures that a reader sees first: our transports at the smallest size, beside their limits. */
final class ReadmeTable {

    private static final List<Column> COLUMNS = List.of(
            Column.text("transport"),
            Column.number("round trip p50"),
            Column.number("p99"),
            Column.number("times C"),
            Column.number("one way"),
            Column.number("batched"),
            Column.number("CPU per message"));

    private ReadmeTable() {}

    static List<String> lines(Results results) {
        List<String> lines = new ArrayList<>();
        OptionalInt size = results.mainSize();
        if (size.isEmpty()) {
            return lines;
        }
        Table table = new Table(
                "",
                "",
                COLUMNS,
                results.rows(size.getAsInt()).stream()
                        .filter(row -> row.group() == Contender.Group.TRANSPORT && !row.skipped())
                        .map(row -> cells(results, row))
                        .toList(),
                List.of());
        lines.addAll(MarkdownTable.lines(table));
        lines.add("");
        lines.add("Messages of " + Unit.size(size.getAsInt()) + " between two processes; "
                + MarkdownTable.escape(Results.environment(results.first())) + "; "
                + results.first().date().substring(0, 10) + ".");
        if (results.reports().stream().anyMatch(Report::noisy)) {
            lines.add(
                    "The machine was not idle, or not the same all the time: these figures are worse than what it can do.");
        }
        return lines;
    }

    private static List<String> cells(Results results, ResultRow row) {
        if (!row.measured()) {
            return List.of("`" + row.name() + "`", row.reason().orElse("not measured"));
        }
        return List.of(
                "`" + row.name() + "`",
                text(row, Aspect.ROUND_TRIP_P50),
                text(row, Aspect.ROUND_TRIP_P99),
                Unit.ratio(results.timesLimit(row, Aspect.ROUND_TRIP_P50)),
                text(row, Aspect.RATE),
                text(row, Aspect.BATCHED_RATE),
                text(row, Aspect.CPU));
    }

    private static String text(ResultRow row, Aspect aspect) {
        OptionalDouble median = row.median(aspect);
        return median.isPresent() ? aspect.unit().text(median.getAsDouble()) : "";
    }
}
