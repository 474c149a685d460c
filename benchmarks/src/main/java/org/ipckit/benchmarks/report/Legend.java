package org.ipckit.benchmarks.report;

import java.util.List;
import org.ipckit.benchmarks.report.Canvas.Anchor;
import org.ipckit.benchmarks.report.Canvas.Point;

/** Which colour is what, in columns below a chart. */
final class Legend {

    private static final double SAMPLE = 18;

    private final List<String> names;
    private final int columns;

    Legend(List<String> names) {
        this.names = names;
        int letters = names.stream().mapToInt(String::length).max().orElse(1);
        this.columns = Math.max(1, (int) (Chart.WIDTH / (letters * Chart.LETTER + SAMPLE + 14)));
    }

    double height() {
        return Math.ceil((double) names.size() / columns) * Chart.LINE + 4;
    }

    void draw(Canvas canvas, double top) {
        draw(canvas, top, names.stream().map(name -> false).toList());
    }

    /** Draws it with the samples of some as dashed as their curves. */
    void draw(Canvas canvas, double top, List<Boolean> dashed) {
        for (int at = 0; at < names.size(); at++) {
            double x = at % columns * (Chart.WIDTH / columns) + 4;
            double y = top + (at / columns + 1) * Chart.LINE - 4;
            canvas.curve(List.of(new Point(x, y - 4), new Point(x + SAMPLE, y - 4)), at, dashed.get(at), names.get(at));
            canvas.text(x + SAMPLE + 4, y, names.get(at), Anchor.START);
        }
    }
}
