package org.ipckit.benchmarks.report;

import java.util.List;
import java.util.stream.IntStream;
import org.ipckit.benchmarks.report.Canvas.Anchor;
import org.ipckit.benchmarks.report.Canvas.Point;

/** Which colour is what, in columns below a chart. */
final class Legend {

    private static final double SAMPLE = 24;

    private final List<String> names;
    private final List<Stroke> strokes;
    private final int columns;

    /** Makes that of series which are not rows. */
    Legend(List<String> names) {
        this(names, IntStream.range(0, names.size()).mapToObj(Stroke::ofSeries).toList());
    }

    Legend(List<String> names, List<Stroke> strokes) {
        this.names = names;
        this.strokes = strokes;
        int letters = names.stream().mapToInt(String::length).max().orElse(1);
        this.columns = Math.max(1, (int) (Chart.WIDTH / (letters * Chart.LETTER + SAMPLE + 14)));
    }

    double height() {
        return Math.ceil((double) names.size() / columns) * Chart.LINE + 4;
    }

    void draw(Canvas canvas, double top) {
        for (int at = 0; at < names.size(); at++) {
            double x = at % columns * (Chart.WIDTH / columns) + 4;
            double y = top + (at / columns + 1) * Chart.LINE - 4;
            List<Point> sample = List.of(new Point(x, y - 4), new Point(x + SAMPLE, y - 4));
            canvas.curve(sample, strokes.get(at), names.get(at));
            canvas.text(x + SAMPLE + 4, y, names.get(at), Anchor.START);
        }
    }
}
