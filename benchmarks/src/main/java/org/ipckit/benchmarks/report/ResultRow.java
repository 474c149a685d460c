package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.Contender;
import org.ipckit.benchmarks.Distance;
import org.ipckit.benchmarks.Figure;
import org.ipckit.benchmarks.Latency;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.Median;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.RowReport;
import org.ipckit.benchmarks.RowReport.RoundReport;

/** A row of results at one size of messages, with the questions that are asked about it. */
final class ResultRow {

    private final Report run;
    private final RowReport report;

    ResultRow(Report run, RowReport report) {
        this.run = run;
        this.report = report;
    }

    /** Returns the run that it was measured in; only figures of one run have rounds in common. */
    Report run() {
        return run;
    }

    String name() {
        return report.row().name();
    }

    int sizeBytes() {
        return report.row().sizeBytes();
    }

    Contender.Group group() {
        return report.row().group();
    }

    /** Returns true if it is a row of the program in C, which others are compared with. */
    boolean limitItself() {
        return group() == Contender.Group.LIMIT;
    }

    /** Returns the name of the row of the program in C that is its limit. */
    Optional<String> limit() {
        return Optional.ofNullable(report.row().limit());
    }

    /** Returns the name of the row that does the same without our API. */
    Optional<String> raw() {
        return Optional.ofNullable(report.row().raw());
    }

    /** Returns why it did not run, or not to the end. */
    Optional<String> reason() {
        return Optional.ofNullable(report.reason());
    }

    /** Returns true if the machine lacks what it needs. */
    boolean skipped() {
        return report.skipped();
    }

    /** Returns how many pairs of JVMs its figures were chosen from. */
    int pairs() {
        return report.pairs() == null ? 1 : report.pairs().size();
    }

    List<String> remarks() {
        return report.remarks();
    }

    boolean has(Measurement measurement) {
        return report.rounds().stream()
                .anyMatch(round -> round.find(measurement).isPresent());
    }

    boolean measured() {
        return !report.rounds().isEmpty();
    }

    /** Returns the number of the last round that was measured, 0 if none was. */
    int lastRound() {
        return measured() ? report.rounds().get(report.rounds().size() - 1).round() : 0;
    }

    /** Returns the value of every round that has it, by the round's number. */
    SortedMap<Integer, Double> byRound(Aspect aspect) {
        return byRound(aspect.measurement(), aspect::of);
    }

    private SortedMap<Integer, Double> byRound(Measurement measurement, Function<Figure, OptionalDouble> of) {
        SortedMap<Integer, Double> values = new TreeMap<>();
        for (RoundReport round : report.rounds()) {
            round.find(measurement)
                    .map(of)
                    .filter(OptionalDouble::isPresent)
                    .ifPresent(value -> values.put(round.round(), value.getAsDouble()));
        }
        return values;
    }

    List<Double> values(Aspect aspect) {
        return List.copyOf(byRound(aspect).values());
    }

    OptionalDouble median(Measurement measurement, Function<Figure, OptionalDouble> of) {
        return Median.of(List.copyOf(byRound(measurement, of).values()));
    }

    OptionalDouble median(Aspect aspect) {
        return Median.of(values(aspect));
    }

    /**
     * Returns how the value compares with that of another row, in each round that both have; without those between which
     * the processors were moved, unless they were in all.
     */
    List<Double> ratios(Aspect aspect, ResultRow other) {
        List<Double> all = new ArrayList<>();
        List<Double> alike = new ArrayList<>();
        for (RoundReport round : report.rounds()) {
            Optional<Figure> own = round.find(aspect.measurement());
            Optional<Figure> theirs = other.figure(round.round(), aspect.measurement());
            if (own.isPresent() && theirs.isPresent()) {
                aspect.ratio(own.get(), theirs.get()).ifPresent(ratio -> {
                    all.add(ratio);
                    if (Distance.alike(own.get().distance(), theirs.get().distance())) {
                        alike.add(ratio);
                    }
                });
            }
        }
        return alike.isEmpty() ? all : alike;
    }

    private Optional<Figure> figure(int number, Measurement measurement) {
        return report.rounds().stream()
                .filter(round -> round.round() == number)
                .findFirst()
                .flatMap(round -> round.find(measurement));
    }

    /** Returns the times of all rounds together; empty where only percentiles were told. */
    Optional<Histogram> times(Measurement measurement) {
        Histogram all = null;
        for (RoundReport round : report.rounds()) {
            Optional<Latency> latency = round.find(measurement).map(Figure::latency);
            if (latency.isPresent() && latency.get().histogram() != null) {
                Histogram times = latency.get().times();
                if (all == null) {
                    all = new Histogram(times);
                    all.reset();
                    all.setAutoResize(true);
                }
                all.add(times);
            }
        }
        return Optional.ofNullable(all);
    }
}
