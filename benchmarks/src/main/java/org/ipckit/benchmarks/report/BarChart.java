package org.ipckit.benchmarks.report;

import java.util.List;
import java.util.OptionalDouble;
import org.ipckit.benchmarks.report.Canvas.Anchor;

/**
 * Bars on a logarithmic scale, a row of the table each.
 *
 * @param legend what the bars of each row are, in their order
 */
record BarChart(String title, String name, Unit unit, List<String> legend, List<Bars> rows) implements Chart {

    private static final double BAR = 12; // a text stands beside each
    private static final double GAP = 8;
    private static final double FOOT = 2 * LINE;
    private static final double VALUE = 66;
    private static final double LONGEST_LABEL = 140;

    /** The bars of one row; empty where there is nothing to show. */
    record Bars(String label, List<OptionalDouble> values) {

        /** Only bars that are there take room, so that a label stands beside them. */
        double height() {
            return BAR * values.stream().filter(BarChart::drawn).count() + GAP;
        }
    }

    private static boolean drawn(OptionalDouble value) {
        return value.isPresent() && value.getAsDouble() > 0;
    }

    @Override
    public double height() {
        return plotHeight() + FOOT + legendHeight();
    }

    private double plotHeight() {
        return rows.stream().mapToDouble(Bars::height).sum();
    }

    private double legendHeight() {
        return legend.size() > 1 ? new Legend(legend).height() : 0;
    }

    @Override
    public void draw(Canvas canvas) {
        LogAxis.over(rows.stream()
                        .flatMap(row -> row.values().stream())
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble))
                .ifPresentOrElse(axis -> draw(canvas, axis), () -> Chart.drawNothing(canvas));
    }

    private void draw(Canvas canvas, LogAxis axis) {
        double left = labelWidth();
        double width = WIDTH - left - VALUE;
        double bottom = plotHeight();
        List<Double> ticks = axis.ticks();
        int every = ticksPerText(ticks, width);
        for (int at = 0; at < ticks.size(); at++) {
            double x = left + width * axis.position(ticks.get(at));
            canvas.grid(x, 0, x, bottom);
            if (at % every == 0) {
                canvas.text(x, bottom + LINE, unit.tick(ticks.get(at)), Anchor.MIDDLE);
            }
        }
        double top = GAP / 2;
        for (Bars row : rows) {
            draw(canvas, axis, row, top, left, width);
            top += row.height();
        }
        if (legend.size() > 1) {
            new Legend(legend).draw(canvas, bottom + FOOT);
        }
    }

    /** Not every mark has a text where they would touch; then every second has, or every third. */
    private int ticksPerText(List<Double> ticks, double width) {
        int letters =
                ticks.stream().mapToInt(tick -> unit.tick(tick).length()).max().orElse(0);
        double apart = width / Math.max(1, ticks.size() - 1);
        return (int) Math.ceil((letters + 1) * LETTER / apart);
    }

    private double labelWidth() {
        int letters = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
        return Math.min(LONGEST_LABEL, letters * LETTER + 8);
    }

    private void draw(Canvas canvas, LogAxis axis, Bars row, double top, double left, double width) {
        canvas.text(left - 6, top + (row.height() - GAP) / 2 + 3, row.label(), Anchor.END);
        double y = top;
        for (int series = 0; series < row.values().size(); series++) {
            OptionalDouble value = row.values().get(series);
            if (drawn(value)) {
                double length = Math.max(1, width * axis.position(value.getAsDouble()));
                String text = unit.text(value.getAsDouble());
                String what = legend.size() > 1 ? legend.get(series) + " " : "";
                canvas.bar(left, y, length, BAR - 2, series, row.label() + ": " + what + text);
                canvas.text(left + length + 4, y + BAR - 3, text, Anchor.START);
                y += BAR;
            }
        }
    }
}
