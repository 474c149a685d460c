package org.ipckit.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ipckit.benchmarks.Median;
import org.ipckit.benchmarks.Quantity.Better;

/**
 * How a figure differs between two runs, by its values in their rounds.
 *
 * <p>The rounds of one run agree better with each other than two runs do: each run has JVMs of its own, in which the
 * compiler may have decided otherwise and memory lies elsewhere (Georges, Buytaert and Eeckhout, "Statistically rigorous
 * Java performance evaluation", OOPSLA 2007; Kalibera and Jones, "Rigorous benchmarking in reasonable time", ISMM 2013).
 * So a test of the rounds alone finds differences between two runs of the same code. Here a change has to be unlikely as
 * chance, larger than a threshold and than what the rounds vary by, and where a limit in C took part in the same rounds it
 * has to show in the ratios to it as well: that takes out what the machine did meanwhile.
 */
final class Change {

    /** How unlikely as chance a change has to be. */
    private static final double LEVEL = 0.05;

    /** With three not even values without any overlap are unlikely enough; with four, one that was disturbed decides. */
    static final int FEWEST_ROUNDS = 5;

    /** A byte or two per message are a buffer that was made once and is divided by many messages. */
    private static final double SMALLEST_BYTES = 2;

    private final List<Double> first;
    private final List<Double> second;
    private final Aspect aspect;
    private final double threshold;

    enum Verdict {
        SAME,
        BETTER,
        WORSE,
        /** There is too little to tell. */
        UNKNOWN
    }

    Change(List<Double> first, List<Double> second, Aspect aspect, double threshold) {
        this.first = first;
        this.second = second;
        this.aspect = aspect;
        this.threshold = threshold;
    }

    /** Says the rule in a sentence; what is large enough is for the caller to say. */
    static String rule() {
        return String.format(
                Locale.ROOT,
                "It also has to be above the quartiles' distance of the rounds, less likely than %.2f as chance"
                        + " (Mann-Whitney, at least %d rounds each), and to show in the ratios to C too.",
                LEVEL,
                FEWEST_ROUNDS);
    }

    double before() {
        return Median.of(first).orElseThrow();
    }

    double after() {
        return Median.of(second).orElseThrow();
    }

    /** Returns how many times the old value the new one is; empty if the old one is nothing. */
    OptionalDouble factor() {
        return before() == 0 ? OptionalDouble.empty() : OptionalDouble.of(after() / before());
    }

    boolean hasEnoughRounds() {
        return Math.min(first.size(), second.size()) >= FEWEST_ROUNDS;
    }

    Verdict verdict() {
        if (!hasEnoughRounds()) {
            return Verdict.UNKNOWN;
        }
        if (Statistics.sameSource(first, second) > LEVEL || !large()) {
            return Verdict.SAME;
        }
        boolean less = after() < before();
        return less == (aspect.better() == Better.LESS) ? Verdict.BETTER : Verdict.WORSE;
    }

    private boolean large() {
        double difference = Math.abs(after() - before());
        if (aspect == Aspect.ALLOCATION && difference < SMALLEST_BYTES) {
            return false;
        }
        double spread = Math.max(Statistics.quartileSpread(first), Statistics.quartileSpread(second));
        // Of the smaller of the two, so that twice as slow and half as fast are the same distance.
        return difference > Math.max(threshold, spread) * Math.min(Math.abs(after()), Math.abs(before()));
    }

    /** Returns the verdict of the figures and of their ratios to C together: it has to be the same. */
    Verdict and(Optional<Change> ratios) {
        Verdict own = verdict();
        if (ratios.isEmpty() || own == Verdict.UNKNOWN) {
            return own;
        }
        Verdict other = ratios.get().verdict();
        return other == Verdict.UNKNOWN || other == own ? other : Verdict.SAME;
    }
}
