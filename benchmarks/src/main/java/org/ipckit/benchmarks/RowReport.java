package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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

    public RowReport {
        Objects.requireNonNull(row, "a row without a name");
        flags = List.copyOf(Objects.requireNonNull(flags, "a row without flags"));
        remarks = List.copyOf(Objects.requireNonNull(remarks, "a row without remarks"));
        rounds = List.copyOf(Objects.requireNonNull(rounds, "a row without rounds"));
    }

    /** Makes that of a row with one pair of JVMs. */
    public RowReport(
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

        public RoundReport {
            figures = List.copyOf(Objects.requireNonNull(figures, "a round without figures"));
        }

        /** Returns what was measured of this kind in this round. */
        public Optional<Figure> find(Measurement measurement) {
            return figures.stream()
                    .filter(figure -> figure.measurement() == measurement)
                    .findFirst();
        }
    }
}
