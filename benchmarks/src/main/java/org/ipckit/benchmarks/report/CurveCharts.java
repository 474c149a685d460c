package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.Contender;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.report.Canvas.Point;
import org.ipckit.benchmarks.report.CurveChart.Curve;
import org.ipckit.benchmarks.report.CurveChart.Tick;

/** The charts of curves: one for all rows, or where nobody could follow so many, one for each kind of row. */
final class CurveCharts {

    /** So many curves in one chart can still be told apart. */
    private static final int MOST_CURVES = 10;

    /** A percentile is drawn only as far as so many values lie beyond it. */
    private static final int ENOUGH = 10;

    /** The median: one in two is slower. */
    private static final double NEAREST = 2;

    private static final double FARTHEST = 1e5;
    private static final double STEPS_PER_DECADE = 12;

    private final String title;
    private final String name;
    private final Unit unit;
    private final Map<ResultRow, Curve> curves = new LinkedHashMap<>();

    private CurveCharts(String title, String name, Unit unit) {
        this.title = title;
        this.name = name;
        this.unit = unit;
    }

    /** What the rows of a chart have in common. */
    private enum Kind {
        OURS("", "our transports"),
        COMPARED("-compared", "in C, or the JDK alone"),
        PEERS("-peers", "other libraries");

        private final String nameEnd;
        private final String titleEnd;

        Kind(String nameEnd, String titleEnd) {
            this.nameEnd = nameEnd;
            this.titleEnd = titleEnd;
        }

        static Kind of(ResultRow row) {
            if (row.group() == Contender.Group.PEER) {
                return PEERS;
            }
            return row.group() == Contender.Group.LIMIT || row.group() == Contender.Group.RAW ? COMPARED : OURS;
        }
    }

    /** Returns how the round trips of rows are distributed. */
    static List<Chart> percentiles(List<ResultRow> rows, String size, Strokes strokes) {
        CurveCharts charts = new CurveCharts("Round trip of " + size + " by percentile", "percentiles", Unit.MICROS);
        rows.stream()
                .filter(row -> row.median(Aspect.ROUND_TRIP_P50).isPresent())
                .sorted(Comparator.comparingDouble(
                        row -> row.median(Aspect.ROUND_TRIP_P50).orElse(0)))
                .forEach(row -> charts.add(
                        row,
                        row.times(Measurement.ROUND_TRIP)
                                .map(CurveCharts::points)
                                .orElseGet(() -> fewPoints(row)),
                        strokes));
        return charts.over(charts.percentileTicks());
    }

    /** Returns how a figure changes with the size of messages. */
    static List<Chart> overSizes(Results results, String title, String name, Aspect aspect) {
        CurveCharts charts = new CurveCharts(title, name, aspect.unit());
        Strokes strokes = Strokes.of(results);
        Map<String, ResultRow> byName = new LinkedHashMap<>();
        results.rows().forEach(row -> byName.putIfAbsent(row.name(), row));
        byName.forEach((rowName, row) -> {
            List<Point> points = new ArrayList<>();
            for (int size : results.sizes()) {
                results.measured(rowName, size).ifPresent(measured -> add(points, size, measured.median(aspect)));
            }
            charts.add(row, points, strokes);
        });
        return charts.over(results.sizes().stream()
                .map(size -> new Tick(size, Unit.size(size)))
                .toList());
    }

    private void add(ResultRow row, List<Point> points, Strokes strokes) {
        if (points.size() > 1) {
            curves.put(row, new Curve(row.name(), points, strokes.of(row)));
        }
    }

    private List<Chart> over(List<Tick> ticks) {
        if (curves.isEmpty()) {
            return List.of();
        }
        if (curves.size() <= MOST_CURVES) {
            return List.of(new CurveChart(title, name, unit, ticks, List.copyOf(curves.values())));
        }
        List<Chart> charts = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Curve> some = curves.entrySet().stream()
                    .filter(entry -> Kind.of(entry.getKey()) == kind)
                    .map(Map.Entry::getValue)
                    .toList();
            if (!some.isEmpty()) {
                charts.add(new CurveChart(title + ": " + kind.titleEnd, name + kind.nameEnd, unit, ticks, some));
            }
        }
        return charts;
    }

    /** The scale across is one in how many is slower: 2 is the median, 100 is p99. */
    private static List<Point> points(Histogram times) {
        List<Point> points = new ArrayList<>();
        double last = Math.min(FARTHEST, (double) times.getTotalCount() / ENOUGH);
        for (int step = 0; ; step++) {
            double oneIn = NEAREST * Math.pow(10, step / STEPS_PER_DECADE);
            if (oneIn > last) {
                return points;
            }
            points.add(new Point(oneIn, Math.max(1, times.getValueAtPercentile(100 - 100 / oneIn))));
        }
    }

    /** The program in C tells three percentiles. */
    private static List<Point> fewPoints(ResultRow row) {
        List<Point> points = new ArrayList<>();
        add(points, NEAREST, row.median(Aspect.ROUND_TRIP_P50));
        add(points, 100, row.median(Aspect.ROUND_TRIP_P99));
        add(points, 1000, row.median(Aspect.ROUND_TRIP_P999));
        return points;
    }

    private static void add(List<Point> points, double across, OptionalDouble value) {
        value.ifPresent(up -> points.add(new Point(across, up)));
    }

    private List<Tick> percentileTicks() {
        double last = curves.values().stream()
                .flatMap(curve -> curve.points().stream())
                .mapToDouble(Point::x)
                .max()
                .orElse(10);
        return List.of(
                        new Tick(NEAREST, "50 %"),
                        new Tick(10, "90 %"),
                        new Tick(100, "99 %"),
                        new Tick(1e3, "99.9 %"),
                        new Tick(1e4, "99.99 %"),
                        new Tick(FARTHEST, "99.999 %"))
                .stream()
                .filter(tick -> tick.at() <= Math.max(10, last * 1.3))
                .toList();
    }
}
