package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.report.Canvas.Anchor;
import org.ipckit.benchmarks.report.Canvas.Point;

/**
 * Curves over two logarithmic scales.
 *
 * @param unit of what is measured, upwards
 * @param ticks the marks of the other scale, from its first to its last
 */
record CurveChart(String title, String name, Unit unit, List<Tick> ticks, List<Curve> curves) implements Chart {

    private static final double LEFT = 52;
    private static final double RIGHT = 30; // half a text of the last mark
    private static final double TOP = 8;
    private static final double PLOT = 230;
    private static final double FOOT = 26;

    /** A mark and where it is. */
    record Tick(double at, String text) {}

    /**
     * One line.
     *
     * @param points where it leads, x as the ticks have it, y in the unit
     */
    record Curve(String name, List<Point> points, Stroke stroke) {}

    @Override
    public double height() {
        return TOP + PLOT + FOOT + legend().height();
    }

    private Legend legend() {
        return new Legend(
                curves.stream().map(Curve::name).toList(),
                curves.stream().map(Curve::stroke).toList());
    }

    @Override
    public void draw(Canvas canvas) {
        LogAxis.over(curves.stream().flatMap(curve -> curve.points().stream()).mapToDouble(Point::y))
                .ifPresentOrElse(axis -> draw(canvas, axis), () -> Chart.drawNothing(canvas));
    }

    private void draw(Canvas canvas, LogAxis axis) {
        for (double tick : axis.ticks()) {
            double y = y(axis, tick);
            canvas.grid(LEFT, y, WIDTH - RIGHT, y);
            canvas.text(LEFT - 6, y + 4, unit.tick(tick), Anchor.END);
        }
        double taken = 0;
        for (Tick tick : ticks) {
            double x = x(tick.at());
            canvas.grid(x, TOP, x, TOP + PLOT);
            double half = tick.text().length() * LETTER / 2;
            // Sizes may be close to each other: 64 B and 100 B. A text that would touch the one before is left out.
            if (x - half >= taken) {
                canvas.text(x, TOP + PLOT + LINE + 2, tick.text(), Anchor.MIDDLE);
                taken = x + half + LETTER;
            }
        }
        for (Curve curve : curves) {
            List<Point> points = new ArrayList<>();
            curve.points().forEach(point -> points.add(new Point(x(point.x()), y(axis, point.y()))));
            canvas.curve(points, curve.stroke(), curve.name());
        }
        legend().draw(canvas, TOP + PLOT + FOOT);
    }

    private double x(double at) {
        double first = ticks.get(0).at();
        double last = ticks.get(ticks.size() - 1).at();
        double part = (Math.log10(at) - Math.log10(first)) / (Math.log10(last) - Math.log10(first));
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.max(0, Math.min(1, part));
    }

    private static double y(LogAxis axis, double value) {
        return TOP + PLOT * (1 - axis.position(value));
    }
}
