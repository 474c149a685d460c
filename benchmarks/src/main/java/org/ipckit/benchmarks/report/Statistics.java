package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.ipckit.benchmarks.Median;

/** What can be said about a handful of values. */
final class Statistics {

    private Statistics() {}

    /** Returns how far the value farthest from the median is from it, as a part of it. */
    static OptionalDouble spread(List<Double> values) {
        OptionalDouble median = Median.of(values);
        if (median.isEmpty() || median.getAsDouble() == 0) {
            return OptionalDouble.empty();
        }
        double farthest = 0;
        for (double value : values) {
            farthest = Math.max(farthest, Math.abs(value - median.getAsDouble()));
        }
        return OptionalDouble.of(farthest / median.getAsDouble());
    }

    /** Returns the distance between the quartiles as a part of the median: a spread that one outlier does not move. */
    static double quartileSpread(List<Double> values) {
        double median = Median.of(values).orElse(0);
        return median == 0
                ? 0
                : (quantile(values, 0.75).orElse(0) - quantile(values, 0.25).orElse(0)) / Math.abs(median);
    }

    private static OptionalDouble quantile(List<Double> values, double part) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        double at = part * (sorted.size() - 1);
        int below = (int) Math.floor(at);
        int above = (int) Math.ceil(at);
        return OptionalDouble.of(sorted.get(below) + (at - below) * (sorted.get(above) - sorted.get(below)));
    }

    /**
     * Returns how likely two samples differ as much as these or more if they come from the same source: the two-sided
     * test of Mann and Whitney (1947), which asks for no shape of the distribution and is not moved by outliers. Exact,
     * by counting, as long as no two values are equal; equal ones count half, which makes the answer larger, not smaller.
     */
    static double sameSource(List<Double> first, List<Double> second) {
        double halves = 0; // twice the statistic U, to stay whole with ties
        for (double a : first) {
            for (double b : second) {
                halves += a < b ? 2 : a == b ? 1 : 0;
            }
        }
        int pairs = first.size() * second.size();
        int smaller = (int) Math.ceil(Math.min(halves, 2.0 * pairs - halves) / 2);
        double[] ways = waysByStatistic(first.size(), second.size());
        double tail = 0;
        double all = 0;
        for (int u = 0; u < ways.length; u++) {
            all += ways[u];
            tail += u <= smaller ? ways[u] : 0;
        }
        return Math.min(1, 2 * tail / all);
    }

    /** Counts, for each value of U, the orders of n and m values that lead to it. */
    private static double[] waysByStatistic(int n, int m) {
        double[][][] ways = new double[n + 1][m + 1][];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                ways[i][j] = new double[i * j + 1];
                if (i == 0 || j == 0) {
                    ways[i][j][0] = 1;
                    continue;
                }
                // The largest of all values is one of the first, which exceeds all j others, or one of the second.
                for (int u = 0; u <= i * j; u++) {
                    ways[i][j][u] =
                            (u >= j ? ways[i - 1][j][u - j] : 0) + (u < ways[i][j - 1].length ? ways[i][j - 1][u] : 0);
                }
            }
        }
        return ways[n][m];
    }
}
