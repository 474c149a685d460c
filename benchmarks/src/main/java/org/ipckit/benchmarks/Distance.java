package org.ipckit.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How far apart the two processors were when something was measured, as a {@link CacheLine} tells it.
 *
 * @param lineNanosBefore ns that a cache line took there and back just before
 * @param lineNanosAfter the same just after
 */
public record Distance(long lineNanosBefore, long lineNanosAfter) {

    /** Cores that share a cache and cores that do not differ by more than this; two looks at the same cores by less. */
    private static final double ALIKE = 2;

    /** Returns null if either is not known. */
    static Distance of(OptionalLong before, OptionalLong after) {
        return before.isPresent() && after.isPresent() ? new Distance(before.getAsLong(), after.getAsLong()) : null;
    }

    /** Returns true if the processors were as far apart all the time; where it is not known, nothing speaks against it. */
    public static boolean alike(Distance one, Distance other) {
        return one == null || other == null || alike(one.span(other));
    }

    private static boolean alike(Span span) {
        return span.farthest <= ALIKE * span.nearest;
    }

    private Span span(Distance other) {
        return Span.of(LongStream.of(lineNanosBefore, lineNanosAfter, other.lineNanosBefore, other.lineNanosAfter));
    }

    /** Returns what a reader of the figures of these rows has to know; empty if nothing is known. */
    static List<String> remarks(List<RowReport> rows) {
        List<Distance> all = rows.stream()
                .flatMap(row -> row.rounds().stream())
                .flatMap(round -> round.figures().stream())
                .map(Figure::distance)
                .filter(Objects::nonNull)
                .toList();
        if (all.isEmpty()) {
            return List.of();
        }
        Span span =
                Span.of(all.stream().flatMapToLong(each -> LongStream.of(each.lineNanosBefore, each.lineNanosAfter)));
        if (alike(span)) {
            return List.of("a cache line takes " + span.nearest + " to " + span.farthest
                    + " ns from one processor to the other and back");
        }
        Distance nearest = new Distance(span.nearest, span.nearest);
        return List.of(String.format(
                Locale.ROOT,
                "WARNING: the host moved the processors of this virtual machine: a cache line takes %d ns from one to the"
                        + " other and back, and took up to %d ns before or after %d of %d measurements; ratios are of"
                        + " those that were made at the same distance",
                span.nearest,
                span.farthest,
                all.stream().filter(each -> !alike(each, nearest)).count(),
                all.size()));
    }

    /** The ends of a range. */
    private record Span(long nearest, long farthest) {

        static Span of(LongStream nanos) {
            var ends = nanos.summaryStatistics();
            return new Span(ends.getMin(), ends.getMax());
        }
    }
}
