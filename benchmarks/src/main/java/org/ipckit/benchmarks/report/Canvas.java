package org.ipckit.benchmarks.report;

import java.util.List;

/**
 * What a chart is drawn on: a page or a picture. The origin is the top left corner; a unit is about a pixel of a
 * telephone's screen, which {@link Chart#WIDTH} of them fill.
 */
interface Canvas {

    /** Where the given point of a text is. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** A place. */
    record Point(double x, double y) {}

    /** Draws a line of the grid. */
    void grid(double x1, double y1, double x2, double y2);

    /** Draws a curve; its name is shown to who asks what it is. */
    void curve(List<Point> points, Stroke stroke, String name);

    /** Draws a bar in a colour of the palette; its name is shown to who asks what it is. */
    void bar(double x, double y, double width, double height, int colour, String name);

    /** Writes a text beside or above or below the point of its base line. */
    void text(double x, double y, String text, Anchor anchor);
}
