package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ipckit.benchmarks.BenchmarkSettings.Timing;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.report.Change.Verdict;
import org.ipckit.benchmarks.report.Table.Column;

/**
 * What has changed from one run to another, beyond what two runs of the same code differ by. {@link Change} has the rule
 * for one figure; here is which figures are held against each other at all.
 */
public final class RunComparison {

    /** What is judged. The tail of a latency is not: it shows the neighbours more than the code. */
    private static final List<Aspect> JUDGED = List.of(
            Aspect.ROUND_TRIP_P50,
            Aspect.RATE,
            Aspect.BATCHED_RATE,
            Aspect.CPU,
            Aspect.ALLOCATION,
            Aspect.OPEN_LOOP_P50,
            Aspect.SET_UP,
            Aspect.IDLE,
            Aspect.DELIVERED);

    /** From so many pairs of JVMs the one in the middle is not chosen by luck alone. */
    private static final int PAIRS = 3;

    private static final List<Column> COLUMNS = List.of(
            Column.text(""),
            Column.text("figure"),
            Column.number("A"),
            Column.number("B"),
            Column.number("change"),
            Column.number("to C"),
            Column.text("verdict"));

    /** Below it a round trip is memory alone, and what the compiler makes of the loop shows. */
    private static final double MEMORY_NANOS = 2_000;

    /** How much more two runs of such a row differ, with a pair of JVMs each: seen up to a quarter. */
    private static final double LUCK = 3;

    private final Results before;
    private final Results after;
    private final double threshold;
    private final List<String> remarks = new ArrayList<>();
    private final List<List<String>> changed = new ArrayList<>();
    private int same;
    private int unjudged;
    private boolean regression;
    private boolean tooFewRounds;

    private RunComparison(Results before, Results after, double threshold) {
        this.before = before;
        this.after = after;
        this.threshold = threshold;
    }

    /**
     * Compares two runs.
     *
     * @param threshold the smallest change that counts, as a part: 0.1 for ten percent
     */
    public static RunComparison of(Report before, Report after, double threshold) {
        RunComparison comparison = new RunComparison(Results.of(before), Results.of(after), threshold);
        comparison.compare();
        return comparison;
    }

    /** Returns true if something has become worse beyond noise, or does not run any more. */
    public boolean regression() {
        return regression;
    }

    /** Returns what is to be told, line by line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(remarks);
        if (!changed.isEmpty()) {
            lines.addAll(TextTable.lines(new Table("", "", COLUMNS, changed, List.of())));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%d figures are as before, %d have changed, %d could not be judged",
                same,
                changed.size(),
                unjudged));
        lines.add(String.format(
                Locale.ROOT,
                "A change counts from %.0f %%, or %.0f %% of a row in memory that ran in fewer than %d pairs of JVMs. %s",
                100 * threshold,
                100 * threshold * LUCK,
                PAIRS,
                Change.rule()));
        if (tooFewRounds) {
            lines.add("To be judged, a row needs " + Change.FEWEST_ROUNDS
                    + " rounds in either run: make both with --rounds " + Timing.FULL_ROUNDS);
        }
        return lines;
    }

    private void compare() {
        Circumstances circumstances = new Circumstances(before.first(), after.first());
        remarks.addAll(circumstances.remarks());
        boolean comparable = circumstances.comparable();
        for (ResultRow old : before.rows()) {
            Optional<ResultRow> now = after.rows().stream()
                    .filter(row -> row.name().equals(old.name()) && row.sizeBytes() == old.sizeBytes())
                    .findFirst();
            if (now.isEmpty()) {
                remarks.add(label(old) + " is only in A");
            } else if (old.measured()
                    && now.get().reason().isPresent()
                    && old.reason().isEmpty()) {
                lost(now.get(), comparable);
            }
            if (comparable && now.isPresent()) {
                compare(old, now.get());
            }
        }
        for (ResultRow row : after.rows()) {
            if (before.rows().stream()
                    .noneMatch(old -> old.name().equals(row.name()) && old.sizeBytes() == row.sizeBytes())) {
                remarks.add(label(row) + " is only in B");
            }
        }
    }

    private static String label(ResultRow row) {
        return row.name() + " of " + Unit.size(row.sizeBytes());
    }

    private void lost(ResultRow row, boolean comparable) {
        String how = row.measured() ? "did not run to its end in B: " : "did not run in B: ";
        remarks.add(label(row) + " " + how + row.reason().orElseThrow());
        // What a machine lacks is no fault of the code.
        regression |= comparable && !row.skipped();
    }

    private void compare(ResultRow old, ResultRow now) {
        boolean noisy = new Circumstances(before.first(), after.first()).noisy();
        if (old.limitItself() || FurtherTables.self(old)) {
            return; // the measure, not what is measured
        }
        double enough = threshold(old, now);
        for (Aspect aspect : JUDGED) {
            List<Double> first = old.values(aspect);
            List<Double> second = now.values(aspect);
            if (first.isEmpty() || second.isEmpty()) {
                continue;
            }
            Change figures = new Change(first, second, aspect, enough);
            tooFewRounds |= !figures.hasEnoughRounds();
            Optional<Change> ratios = ratios(old, now, aspect, enough);
            Verdict verdict = noisy && ratios.isEmpty() ? Verdict.UNKNOWN : figures.and(ratios);
            switch (verdict) {
                case SAME -> same++;
                case UNKNOWN -> unjudged++;
                case BETTER, WORSE -> {
                    regression |= verdict == Verdict.WORSE;
                    changed.add(List.of(
                            label(old),
                            aspect.title(),
                            aspect.unit().text(figures.before()),
                            aspect.unit().text(figures.after()),
                            percent(figures.factor()),
                            ratios.map(change -> percent(change.factor())).orElse(""),
                            verdict == Verdict.WORSE ? "REGRESSION" : "better"));
                }
            }
        }
    }

    private double threshold(ResultRow row, ResultRow other) {
        boolean memory = row.median(Aspect.ROUND_TRIP_P50).orElse(MEMORY_NANOS) < MEMORY_NANOS;
        return memory && Math.min(row.pairs(), other.pairs()) < PAIRS ? threshold * LUCK : threshold;
    }

    private Optional<Change> ratios(ResultRow old, ResultRow now, Aspect aspect, double enough) {
        Optional<ResultRow> oldLimit = before.limit(old);
        Optional<ResultRow> nowLimit = after.limit(now);
        if (oldLimit.isEmpty() || nowLimit.isEmpty()) {
            return Optional.empty();
        }
        List<Double> first = old.ratios(aspect, oldLimit.get());
        List<Double> second = now.ratios(aspect, nowLimit.get());
        return first.isEmpty() || second.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change(first, second, aspect, enough));
    }

    private static String percent(OptionalDouble factor) {
        return factor.isPresent() ? String.format(Locale.ROOT, "%+.0f %%", 100 * (factor.getAsDouble() - 1)) : "";
    }
}
