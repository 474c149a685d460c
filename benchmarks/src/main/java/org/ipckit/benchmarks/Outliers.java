package org.ipckit.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.ipckit.benchmarks.RowReport.RoundReport;

/** Names the rounds whose figures are far from those of the others: they are shown and counted, never left out. */
final class Outliers {

    /** So many times as far from the median as the usual round is; what is left of a normal distribution is 1 in 1000. */
    private static final double TIMES_USUAL = 5;

    /** Nearer than this part of the median nothing is far. */
    private static final double NOTABLE = 0.25;

    private static final int LEAST_ROUNDS = 4;

    private Outliers() {}

    /** Returns a sentence about a row; empty if no round stands out. */
    static List<String> remarks(List<RoundReport> rounds) {
        List<String> found = new ArrayList<>();
        add(
                found,
                rounds,
                Measurement.ROUND_TRIP,
                "p50 %s us",
                figure -> figure.latency().p50Nanos() / 1e3);
        add(found, rounds, Measurement.ONE_WAY, "%s k/s", figure -> figure.messagesPerSecond() / 1e3);
        add(found, rounds, Measurement.ONE_WAY_BATCHED, "%s k/s", figure -> figure.messagesPerSecond() / 1e3);
        return found.isEmpty() ? List.of() : List.of("outliers: " + String.join("; ", found));
    }

    private static void add(
            List<String> found,
            List<RoundReport> rounds,
            Measurement measurement,
            String form,
            ToDoubleFunction<Figure> value) {
        List<RoundReport> having = rounds.stream()
                .filter(round -> round.find(measurement).isPresent())
                .toList();
        List<Double> values = having.stream()
                .map(round -> value.applyAsDouble(round.find(measurement).orElseThrow()))
                .toList();
        for (int far : far(values)) {
            found.add("round " + having.get(far).round() + ", " + measurement + " "
                    + String.format(Locale.ROOT, form, number(values.get(far))));
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
    }

    /** Returns the places of the values that are far from the median, measured by how far the usual one is from it. */
    static List<Integer> far(List<Double> values) {
        OptionalDouble median = Median.of(values);
        if (values.size() < LEAST_ROUNDS || median.isEmpty()) {
            return List.of();
        }
        double middle = median.getAsDouble();
        double usual = Median.of(
                        values.stream().map(value -> Math.abs(value - middle)).toList())
                .orElse(0);
        List<Integer> far = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            double distance = Math.abs(values.get(i) - middle);
            if (distance > TIMES_USUAL * usual && distance > NOTABLE * middle) {
                far.add(i);
            }
        }
        return far;
    }
}
