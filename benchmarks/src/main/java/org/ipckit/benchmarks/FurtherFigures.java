package org.ipckit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** What was measured because it was asked for, one table for each; the medians over the rounds. */
final class FurtherFigures {

    private final List<RowReport> rows;

    FurtherFigures(List<RowReport> rows) {
        this.rows = rows;
    }

    /** Returns the tables; empty if nothing of them was measured. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        table(
                lines,
                rows.stream()
                        .filter(row -> row.row().group() == Contender.Group.SELF)
                        .toList(),
                Measurement.ROUND_TRIP,
                "Self: what measuring costs of every round trip above, with and without looking at the clock, ns",
                List.of("p50", "p99", "no clock"),
                List.of(
                        figure -> figure.latency().p50Nanos(),
                        figure -> figure.latency().p99Nanos(),
                        figure -> figure.latency().meanUnclockedNanos()));
        table(
                lines,
                Measurement.OPEN_LOOP,
                "Open loop: round trips begun at fixed times, us from then",
                List.of("1/s", "p50", "p99", "p99.9", "max", "not sent"),
                List.of(
                        more("rate"),
                        figure -> figure.latency().p50Nanos() / 1e3,
                        figure -> figure.latency().p99Nanos() / 1e3,
                        figure -> figure.latency().p999Nanos() / 1e3,
                        figure -> figure.latency().maxNanos() / 1e3,
                        more("notSent")));
        table(
                lines,
                Measurement.SET_UP,
                "Set-up: from the call that connects to the answer to the first message, us",
                List.of("connect", "p50", "p99", "CPU us"),
                List.of(
                        figure -> more("connectP50").applyAsDouble(figure) / 1e3,
                        figure -> figure.latency().p50Nanos() / 1e3,
                        figure -> figure.latency().p99Nanos() / 1e3,
                        figure -> figure.cpuNanosPerMessage() / 1e3));
        table(
                lines,
                Measurement.IDLE,
                "Idle: CPU of both ends of a connection that wait, ms per second",
                List.of("ms/s"),
                List.of(more("idleCpu")));
        table(
                lines,
                Measurement.FAN_OUT,
                "Fan-out: one publisher, -N subscribers; messages per second that arrive at all of them together",
                List.of("delivered/s", "published/s", "lost", "CPU ns"),
                List.of(Figure::messagesPerSecond, more("published"), more("lost"), Figure::cpuNanosPerMessage));
        return lines;
    }

    private void table(
            List<String> lines,
            Measurement measurement,
            String title,
            List<String> columns,
            List<ToDoubleFunction<Figure>> values) {
        table(lines, rows, measurement, title, columns, values);
    }

    private static void table(
            List<String> lines,
            List<RowReport> shown,
            Measurement measurement,
            String title,
            List<String> columns,
            List<ToDoubleFunction<Figure>> values) {
        List<RowReport> measured = shown.stream()
                .filter(row -> row.rounds().stream()
                        .anyMatch(round -> round.find(measurement).isPresent()))
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        int width = measured.stream()
                .mapToInt(row -> row.row().name().length())
                .max()
                .orElse(0);
        lines.add("");
        lines.add(title);
        StringBuilder header = new StringBuilder(" ".repeat(width));
        columns.forEach(column -> header.append(String.format(Locale.ROOT, " %12s", column)));
        lines.add(header.toString());
        for (RowReport row : measured) {
            StringBuilder line = new StringBuilder(
                    String.format(Locale.ROOT, "%-" + width + "s", row.row().name()));
            for (ToDoubleFunction<Figure> value : values) {
                OptionalDouble median = Median.of(row.rounds().stream()
                        .flatMap(round -> round.find(measurement).stream())
                        .map(value::applyAsDouble)
                        .toList());
                line.append(String.format(Locale.ROOT, " %12s", number(median.orElse(0))));
            }
            lines.add(line.toString());
        }
    }

    private static ToDoubleFunction<Figure> more(String name) {
        return figure -> figure.more().stream()
                .filter(quantity -> quantity.name().equals(name))
                .mapToDouble(Quantity::value)
                .findFirst()
                .orElseThrow();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 || value == 0 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
