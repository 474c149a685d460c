package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of a row.
 *
 * @param row the row
 * @param flags the options of its JVMs besides those of all
 * @param reason why it did not run, or not to the end; null if it did
 * @param skipped true if the machine does not have what it needs, which is nobody's failure
 * @param remarks what a reader of its figures should know
 * @param rounds what was measured in each round
 * @param pairs what was measured of each pair of JVMs, if there were several; null if not. The rounds are those of the one
 *     in the middle
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RowReport(
        Row row,
        List<String> flags,
        String reason,
        boolean skipped,
        List<String> remarks,
        List<RoundReport> rounds,
        List<PairReport> pairs) {

    RowReport(
            Row row,
            List<String> flags,
            String reason,
            boolean skipped,
            List<String> remarks,
            List<RoundReport> rounds) {
        this(row, flags, reason, skipped, remarks, rounds, null);
    }

    /** All rounds of one pair of JVMs. */
    public record PairReport(List<RoundReport> rounds) {}

    /** One round of one row. */
    public record RoundReport(int round, List<Figure> figures) {

        Optional<Figure> find(Measurement measurement) {
            return figures.stream()
                    .filter(figure -> figure.measurement() == measurement)
                    .findFirst();
        }
    }

    /** Returns one value of every round that has it. */
    List<Double> values(Measurement measurement, ToDoubleFunction<Figure> value) {
        List<Double> values = new ArrayList<>();
        for (RoundReport round : rounds) {
            round.find(measurement).map(value::applyAsDouble).ifPresent(values::add);
        }
        return values;
    }

    /** Returns how one value compares with that of another row in the same round: the median over the rounds. */
    OptionalDouble ratio(RowReport other, Measurement measurement, ToDoubleFunction<Figure> value) {
        List<Double> ratios = new ArrayList<>();
        for (RoundReport mine : rounds) {
            for (RoundReport theirs : other.rounds) {
                if (mine.round() == theirs.round()) {
                    Optional<Figure> a = mine.find(measurement);
                    Optional<Figure> b = theirs.find(measurement);
                    if (a.isPresent() && b.isPresent()) {
                        ratios.add(value.applyAsDouble(a.get()) / value.applyAsDouble(b.get()));
                    }
                }
            }
        }
        return Median.of(ratios);
    }

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
}
