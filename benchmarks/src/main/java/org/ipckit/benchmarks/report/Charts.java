package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ipckit.benchmarks.Quantity.Better;
import org.ipckit.benchmarks.report.BarChart.Bars;

/** Which charts there are of results. */
final class Charts {

    private Charts() {}

    /** Returns those of one size of messages; none that would be empty. */
    static List<Chart> of(Results results, int sizeBytes) {
        List<ResultRow> rows = results.rows(sizeBytes).stream()
                .filter(row -> row.measured() && !FurtherTables.self(row))
                .toList();
        String size = Unit.size(sizeBytes);
        List<Chart> charts = new ArrayList<>();
        addBars(
                charts,
                rows,
                "Round trip of " + size,
                "round-trip",
                List.of("p50", "p99"),
                List.of(Aspect.ROUND_TRIP_P50, Aspect.ROUND_TRIP_P99));
        charts.addAll(CurveCharts.percentiles(rows, size, Strokes.of(results)));
        addBars(
                charts,
                rows,
                "Messages of " + size + " per second, one way",
                "one-way",
                List.of("each at once", "batched"),
                List.of(Aspect.RATE, Aspect.BATCHED_RATE));
        addBars(
                charts,
                rows,
                "CPU time per message of " + size + ", one way",
                "cpu",
                List.of("both processes"),
                List.of(Aspect.CPU));
        addBars(
                charts,
                rows,
                "Open loop of " + size + ", from the time it was to begin",
                "open-loop",
                List.of("p50", "p99"),
                List.of(Aspect.OPEN_LOOP_P50, Aspect.OPEN_LOOP_P99));
        addBars(charts, rows, "To connect and have the first answer", "set-up", List.of("p50"), List.of(Aspect.SET_UP));
        addBars(charts, rows, "CPU of a connection that waits", "idle", List.of("both ends"), List.of(Aspect.IDLE));
        addBars(
                charts,
                rows,
                "Fan-out of " + size + ", delivered per second",
                "fan-out",
                List.of("all subscribers"),
                List.of(Aspect.DELIVERED));
        return charts;
    }

    /** Returns how the figures change with the size of messages; none if there is only one size. */
    static List<Chart> overSizes(Results results) {
        if (results.sizes().size() < 2) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        charts.addAll(
                CurveCharts.overSizes(results, "Round trip p50 by size", "sizes-round-trip", Aspect.ROUND_TRIP_P50));
        charts.addAll(
                CurveCharts.overSizes(results, "Messages per second by size, one way", "sizes-one-way", Aspect.RATE));
        return charts;
    }

    private static void addBars(
            List<Chart> charts,
            List<ResultRow> rows,
            String title,
            String name,
            List<String> legend,
            List<Aspect> aspects) {
        Aspect first = aspects.get(0);
        Comparator<ResultRow> order =
                Comparator.comparingDouble(row -> row.median(first).orElse(0));
        List<Bars> bars = rows.stream()
                .filter(row -> row.median(first).isPresent())
                .sorted(first.better() == Better.LESS ? order : order.reversed())
                .map(row ->
                        new Bars(row.name(), aspects.stream().map(row::median).toList()))
                .toList();
        if (!bars.isEmpty()) {
            charts.add(new BarChart(title, name, first.unit(), legend, bars));
        }
    }
}
