package org.ipckit.benchmarks.report;

/**
 * How a curve looks.
 *
 * @param colour which of the palette
 */
record Stroke(int colour, Pattern pattern) {

    /** How the line is drawn, and how long its dashes and gaps are. */
    enum Pattern {
        /** A row on its own. */
        SOLID(),
        /** The limit in C of the row of the same colour. */
        DASHED(3, 3),
        /** What does the same as the row of the same colour, without our API. */
        LONG(9, 3),
        /** A row on its own, for which no colour was left. */
        DOTTED(1.2f, 2.4f);

        @SuppressWarnings("ImmutableEnumChecker") // nobody gets at it
        private final float[] dashes;

        Pattern(float... dashes) {
            this.dashes = dashes;
        }

        /** Returns the lengths of dash and gap; null for none, as the JDK wants it. */
        float[] dashes() {
            return dashes.length == 0 ? null : dashes.clone();
        }
    }

    /** Returns how the series of a chart looks whose series are not rows. */
    static Stroke ofSeries(int series) {
        return new Stroke(series % Palette.ON_WHITE.size(), Pattern.SOLID);
    }
}
