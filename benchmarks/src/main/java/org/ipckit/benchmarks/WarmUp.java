package org.ipckit.benchmarks;

/**
 * When a row has warmed up: after so many runs that cost no less than the best before. What a round trip costs is its time
 * and that of the processors: while the compiler is at work, both fall. It is done with a few classes in half a second,
 * and with a large library after ten times as long; none is to be measured before.
 */
final class WarmUp {

    /** So many runs in a row have to be in vain: one can be disturbed, and the compiler may be at work on the next step. */
    static final int IN_VAIN = 3;

    /** What costs less by no more than this costs more as often. */
    private static final double LESS = 0.95;

    /** It ends in any case: figures that still get better are better than none. */
    private static final int MOST_RUNS = 50;

    private double best;
    private int runs;
    private int inVain;

    /** Begins with the first run. */
    WarmUp(Figure first) {
        this.best = cost(first);
    }

    /** Returns true if another run may cost less. */
    boolean goesOn() {
        return inVain < IN_VAIN && runs < MOST_RUNS;
    }

    /** Notes the next run. */
    void ran(Figure next) {
        double cost = cost(next);
        runs++;
        inVain++;
        // Many small steps are one after a while: what is less by too little does not become the best.
        if (cost < LESS * best) {
            inVain = 0;
            best = cost;
        }
    }

    private static double cost(Figure figure) {
        return figure.latency().p50Nanos() + figure.cpuNanosPerMessage();
    }
}
