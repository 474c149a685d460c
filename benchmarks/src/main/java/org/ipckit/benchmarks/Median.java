package org.ipckit.benchmarks;

import java.util.List;
import java.util.OptionalDouble;

/** The middle one of several numbers. */
public final class Median {

    private Median() {}

    /** Returns the middle one, or the mean of the two in the middle; empty if there is none. */
    public static OptionalDouble of(List<Double> values) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2);
    }
}
