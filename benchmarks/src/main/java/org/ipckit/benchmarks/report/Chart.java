package org.ipckit.benchmarks.report;

/** A picture of figures, drawn the same on a page and for a slide. */
interface Chart {

    /** How wide every chart is: as wide as a telephone, so that its texts can be read there. */
    double WIDTH = 400;

    /** The space between two lines of text. */
    double LINE = 15;

    /** How wide a letter is, about: enough to keep texts apart. */
    double LETTER = 6.6;

    /** Returns what it shows. */
    String title();

    /** Returns a name for a file. */
    String name();

    double height();

    void draw(Canvas canvas);

    /** Says that there is nothing to draw. */
    static void drawNothing(Canvas canvas) {
        canvas.text(WIDTH / 2, LINE, "nothing was measured", Canvas.Anchor.MIDDLE);
    }
}
