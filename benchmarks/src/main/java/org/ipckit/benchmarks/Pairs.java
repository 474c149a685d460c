package org.ipckit.benchmarks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ipckit.benchmarks.RowReport.PairReport;

/**
 * Puts the pairs of JVMs of one row together: what the compiler makes of the same code differs from one JVM to the next,
 * and with it the figures of memory. The row has the figures of the pair in the middle, and tells those of all.
 */
final class Pairs {

    private Pairs() {}

    /** Returns the report of a row from those of its pairs, in the order in which they were started. */
    static RowReport together(List<RowReport> pairs) {
        RowReport first = pairs.get(0);
        if (pairs.size() == 1) {
            return first;
        }
        List<RowReport> measured =
                pairs.stream().filter(pair -> !pair.rounds().isEmpty()).toList();
        Set<String> remarks = new LinkedHashSet<>();
        pairs.forEach(pair -> remarks.addAll(pair.remarks()));
        if (measured.size() > 1) {
            remarks.add(range(measured));
        }
        return new RowReport(
                first.row(),
                first.flags(),
                reason(pairs),
                first.skipped(),
                List.copyOf(remarks),
                measured.isEmpty() ? List.of() : middle(measured).rounds(),
                measured.stream().map(pair -> new PairReport(pair.rounds())).toList());
    }

    private static String reason(List<RowReport> pairs) {
        for (int i = 0; i < pairs.size(); i++) {
            if (pairs.get(i).reason() != null) {
                return pairs.get(i).skipped()
                        ? pairs.get(i).reason()
                        : "pair " + (i + 1) + " of " + pairs.size() + ": "
                                + pairs.get(i).reason();
            }
        }
        return null;
    }

    /** Returns the pair in the middle of all; of an even number the better one of the two there. */
    private static RowReport middle(List<RowReport> pairs) {
        List<RowReport> sorted = sorted(pairs);
        return sorted.get((sorted.size() - 1) / 2);
    }

    private static List<RowReport> sorted(List<RowReport> pairs) {
        List<RowReport> sorted = new ArrayList<>(pairs);
        sorted.sort(Comparator.comparingDouble(Pairs::roundTripNanos));
        return sorted;
    }

    private static double roundTripNanos(RowReport pair) {
        return Median.of(pair.rounds().stream()
                        .flatMap(round -> round.find(Measurement.ROUND_TRIP).stream())
                        .map(figure -> (double) figure.latency().p50Nanos())
                        .toList())
                .orElse(Double.MAX_VALUE);
    }

    private static String range(List<RowReport> pairs) {
        return "the middle one of " + pairs.size() + " pairs of JVMs; the round trips of all, p50: "
                + sorted(pairs).stream()
                        .map(pair -> String.format(Locale.ROOT, "%.3f", roundTripNanos(pair) / 1e3))
                        .collect(Collectors.joining(", "))
                + " us";
    }
}
