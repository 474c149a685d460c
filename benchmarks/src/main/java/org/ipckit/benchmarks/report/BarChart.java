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
    record Bars(String label, List<OptionalDouble> values) {}

    @Override
    public double height() {
        return rows.size() * rowHeight() + FOOT + legendHeight();
    }

    private double rowHeight() {
        return legend.size() * BAR + GAP;
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
        double bottom = rows.size() * rowHeight();
        double lastText = Double.NEGATIVE_INFINITY;
        for (double tick : axis.ticks()) {
            double x = left + width * axis.position(tick);
            canvas.grid(x, 0, x, bottom);
            String text = unit.tick(tick);
            if (x - text.length() * LETTER / 2 > lastText) {
                canvas.text(x, bottom + LINE, text, Anchor.MIDDLE);
                lastText = x + text.length() * LETTER / 2;
            }
        }
        for (int at = 0; at < rows.size(); at++) {
            draw(canvas, axis, rows.get(at), at * rowHeight() + GAP / 2, left, width);
        }
        if (legend.size() > 1) {
            new Legend(legend).draw(canvas, bottom + FOOT);
        }
    }

    private double labelWidth() {
        int letters = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
        return Math.min(LONGEST_LABEL, letters * LETTER + 8);
    }

    private void draw(Canvas canvas, LogAxis axis, Bars row, double top, double left, double width) {
        canvas.text(left - 6, top + (rowHeight() - GAP) / 2 + 4, row.label(), Anchor.END);
        for (int series = 0; series < row.values().size(); series++) {
            OptionalDouble value = row.values().get(series);
            if (value.isPresent() && value.getAsDouble() > 0) {
                double length = Math.max(1, width * axis.position(value.getAsDouble()));
                String text = unit.text(value.getAsDouble());
                String what = legend.size() > 1 ? legend.get(series) + " " : "";
                canvas.bar(left, top + series * BAR, length, BAR - 2, series, row.label() + ": " + what + text);
                canvas.text(left + length + 4, top + series * BAR + BAR - 3, text, Anchor.START);
            }
        }
    }
}
