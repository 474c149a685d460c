package org.ipckit.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws a picture for a slide: dark on white, with its title, without a screen. */
final class PictureCanvas implements Canvas {

    private static final double SCALE = 4;
    private static final double MARGIN = 16;
    private static final double TITLE = 26;
    private static final Color TEXT = new Color(0x222222);
    private static final Color GRID = new Color(0xdddddd);

    private final Graphics2D graphics;

    private PictureCanvas(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** Returns the picture. */
    static BufferedImage draw(Chart chart) {
        BufferedImage image = new BufferedImage(
                (int) Math.ceil((Chart.WIDTH + 2 * MARGIN) * SCALE),
                (int) Math.ceil((chart.height() + TITLE + 2 * MARGIN) * SCALE),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(SCALE, SCALE);
            graphics.translate(MARGIN, MARGIN);
            graphics.setColor(TEXT);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
            graphics.drawString(chart.title(), 0, 14);
            graphics.translate(0, TITLE);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
            chart.draw(new PictureCanvas(graphics));
        } finally {
            graphics.dispose();
        }
        return image;
    }

    @Override
    public void grid(double x1, double y1, double x2, double y2) {
        graphics.setColor(GRID);
        graphics.setStroke(new BasicStroke(0.7f));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void curve(List<Point> points, Stroke stroke, String name) {
        Path2D path = new Path2D.Double();
        for (Point point : points) {
            if (path.getCurrentPoint() == null) {
                path.moveTo(point.x(), point.y());
            } else {
                path.lineTo(point.x(), point.y());
            }
        }
        graphics.setColor(color(stroke.colour()));
        graphics.setStroke(new BasicStroke(
                1.8f,
                BasicStroke.CAP_BUTT,
                BasicStroke.JOIN_ROUND,
                10,
                stroke.pattern().dashes(),
                0));
        graphics.draw(path);
    }

    @Override
    public void bar(double x, double y, double width, double height, int colour, String name) {
        graphics.setColor(color(colour));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void text(double x, double y, String text, Anchor anchor) {
        double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        double start =
                switch (anchor) {
                    case START -> x;
                    case MIDDLE -> x - width / 2;
                    case END -> x - width;
                };
        graphics.setColor(TEXT);
        graphics.drawString(text, (float) start, (float) y);
    }

    private static Color color(int colour) {
        return Color.decode(Palette.ON_WHITE.get(colour));
    }
}
