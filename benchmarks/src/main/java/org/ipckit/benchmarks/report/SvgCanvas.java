package org.ipckit.benchmarks.report;

import java.util.List;
import java.util.Locale;

/** Draws for a page; the colours are those of the page's style, which knows whether it is dark. */
final class SvgCanvas implements Canvas {

    private final StringBuilder svg = new StringBuilder();

    private SvgCanvas() {}

    /** Returns the picture as an element of a page. */
    static String draw(Chart chart) {
        SvgCanvas canvas = new SvgCanvas();
        chart.draw(canvas);
        return String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%n",
                        Chart.WIDTH,
                        chart.height(),
                        Html.escape(chart.title()))
                + canvas.svg + "</svg>\n";
    }

    @Override
    public void grid(double x1, double y1, double x2, double y2) {
        svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%.1f %.1fL%.1f %.1f\"/>%n", x1, y1, x2, y2));
    }

    @Override
    public void curve(List<Point> points, Stroke stroke, String name) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", point.x(), point.y()));
        }
        svg.append("<path class=\"curve s").append(stroke.colour()).append(' ');
        svg.append(stroke.pattern().name().toLowerCase(Locale.ROOT)).append("\" d=\"");
        svg.append(path).append("\">").append(title(name)).append("</path>\n");
    }

    @Override
    public void bar(double x, double y, double width, double height, int colour, String name) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"bar s%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">%s</rect>%n",
                colour,
                x,
                y,
                width,
                height,
                title(name)));
    }

    @Override
    public void text(double x, double y, String text, Anchor anchor) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                anchor.name().toLowerCase(Locale.ROOT),
                x,
                y,
                Html.escape(text)));
    }

    private static String title(String name) {
        return "<title>" + Html.escape(name) + "</title>";
    }
}
