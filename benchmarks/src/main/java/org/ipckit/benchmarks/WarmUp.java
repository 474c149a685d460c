package org.ipckit.benchmarks;

/**
 * When a row has warmed up: after so many runs that were no faster than the best before. The compiler is done with a few
 * classes in half a second, and with a large library after ten times as long; none is to be measured before.
 */
final class WarmUp {

    /** So many runs in a row have to be in vain: one can be disturbed, and the compiler may be at work on the next step. */
    static final int IN_VAIN = 3;

    /** What does not get faster by this gets slower as often. */
    private static final double FASTER = 0.95;

    /** It ends in any case: figures that still get better are better than none. */
    private static final int MOST_RUNS = 50;

    private long best;
    private int runs;
    private int inVain;

    /** Begins with how long a round trip took in the first run, in ns. */
    WarmUp(long firstNanos) {
        this.best = firstNanos;
    }

    /** Returns true if another run may be faster. */
    boolean goesOn() {
        return inVain < IN_VAIN && runs < MOST_RUNS;
    }

    /** Notes how long a round trip took in the next run, in ns. */
    void took(long nanos) {
        runs++;
        inVain = nanos < FASTER * best ? 0 : inVain + 1;
        best = Math.min(best, nanos);
    }
}
