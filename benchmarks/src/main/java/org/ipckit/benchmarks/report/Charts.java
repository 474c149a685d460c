package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.Quantity.Better;
import org.ipckit.benchmarks.report.BarChart.Bars;
import org.ipckit.benchmarks.report.Canvas.Point;
import org.ipckit.benchmarks.report.CurveChart.Curve;
import org.ipckit.benchmarks.report.CurveChart.Tick;

/** Which charts there are of results. */
final class Charts {

    /** A percentile is drawn only as far as so many values lie beyond it. */
    private static final int ENOUGH = 10;

    private static final double STEPS_PER_DECADE = 12;
    private static final double FARTHEST = 1e5;

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
        List<Curve> curves = percentiles(rows, Strokes.of(results));
        if (!curves.isEmpty()) {
            charts.add(new CurveChart(
                    "Round trip of " + size + " by percentile",
                    "percentiles",
                    Unit.MICROS,
                    percentileTicks(curves),
                    curves));
        }
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
        return List.of(
                overSizes(results, "Round trip p50 by size", "sizes-round-trip", Aspect.ROUND_TRIP_P50),
                overSizes(results, "Messages per second by size, one way", "sizes-one-way", Aspect.RATE));
    }

    private static Chart overSizes(Results results, String title, String name, Aspect aspect) {
        List<Tick> ticks = results.sizes().stream()
                .map(size -> new Tick(size, Unit.size(size)))
                .toList();
        List<Curve> curves = new ArrayList<>();
        Strokes strokes = Strokes.of(results);
        LinkedHashSet<String> names = new LinkedHashSet<>();
        results.rows().forEach(row -> names.add(row.name()));
        for (String rowName : names) {
            List<Point> points = new ArrayList<>();
            for (int size : results.sizes()) {
                for (ResultRow row : results.measured(rowName, size).stream().toList()) {
                    row.median(aspect).ifPresent(value -> points.add(new Point(size, value)));
                }
            }
            if (points.size() > 1) {
                curves.add(new Curve(rowName, points, strokes.of(rowName)));
            }
        }
        return new CurveChart(title, name, aspect.unit(), ticks, curves);
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

    private static List<Curve> percentiles(List<ResultRow> rows, Strokes strokes) {
        return rows.stream()
                .filter(row -> row.median(Aspect.ROUND_TRIP_P50).isPresent())
                .sorted(Comparator.comparingDouble(
                        row -> row.median(Aspect.ROUND_TRIP_P50).orElse(0)))
                .map(row -> new Curve(
                        row.name(),
                        row.times(Measurement.ROUND_TRIP).map(Charts::points).orElseGet(() -> fewPoints(row)),
                        strokes.of(row)))
                .filter(curve -> curve.points().size() > 1)
                .toList();
    }

    /** The scale across is one in how many is slower: 2 is the median, 100 is p99. */
    private static List<Point> points(Histogram times) {
        List<Point> points = new ArrayList<>();
        double last = Math.min(FARTHEST, (double) times.getTotalCount() / ENOUGH);
        for (int step = 0; ; step++) {
            double oneIn = Math.pow(10, step / STEPS_PER_DECADE);
            if (oneIn > last) {
                return points;
            }
            points.add(new Point(oneIn, Math.max(1, times.getValueAtPercentile(100 - 100 / oneIn))));
        }
    }

    /** The program in C tells three percentiles. */
    private static List<Point> fewPoints(ResultRow row) {
        List<Point> points = new ArrayList<>();
        add(points, 2, row.median(Aspect.ROUND_TRIP_P50));
        add(points, 100, row.median(Aspect.ROUND_TRIP_P99));
        add(points, 1000, row.median(Aspect.ROUND_TRIP_P999));
        return points;
    }

    private static void add(List<Point> points, double oneIn, OptionalDouble value) {
        value.ifPresent(nanos -> points.add(new Point(oneIn, nanos)));
    }

    private static List<Tick> percentileTicks(List<Curve> curves) {
        double last = curves.stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Point::x)
                .max()
                .orElse(10);
        Predicate<Tick> reached = tick -> tick.at() <= Math.max(10, last * 1.01);
        return List.of(
                        new Tick(1, "min"),
                        new Tick(2, "50 %"),
                        new Tick(10, "90 %"),
                        new Tick(100, "99 %"),
                        new Tick(1e3, "99.9 %"),
                        new Tick(1e4, "99.99 %"),
                        new Tick(1e5, "99.999 %"))
                .stream()
                .filter(reached)
                .toList();
    }
}
