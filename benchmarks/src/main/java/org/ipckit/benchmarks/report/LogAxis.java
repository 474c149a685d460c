package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** A logarithmic scale from one power of ten to another. What is compared here differs by factors, not by amounts. */
final class LogAxis {

    private static final int MOST_TICKS = 7;

    private final int first;
    private final int last;

    /** Returns one that all positive values lie on, with the smallest not at its beginning; empty if there are none. */
    static Optional<LogAxis> over(DoubleStream values) {
        DoubleSummaryStatistics range = values.filter(value -> value > 0).summaryStatistics();
        return range.getCount() == 0 ? Optional.empty() : Optional.of(new LogAxis(range.getMin(), range.getMax()));
    }

    private LogAxis(double smallest, double largest) {
        first = (int) Math.floor(Math.log10(smallest / 1.5));
        last = Math.max(first + 1, (int) Math.ceil(Math.log10(largest)));
    }

    /** Returns where a value is between the beginning, 0, and the end, 1. */
    double position(double value) {
        double position = (Math.log10(value) - first) / (last - first);
        return Math.max(0, Math.min(1, position));
    }

    /** Returns the values to be marked. */
    List<Double> ticks() {
        int step = (last - first) / MOST_TICKS + 1;
        List<Double> ticks = new ArrayList<>();
        for (int power = first; power <= last; power += step) {
            ticks.add(Math.pow(10, power));
        }
        return ticks;
    }
}
