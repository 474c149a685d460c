package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.Figure;
import org.ipckit.benchmarks.Latency;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.RowReport;
import org.ipckit.benchmarks.RowReport.RoundReport;

/**
 * Makes results small enough to be kept with the sources: every figure of every round stays, but the histograms of a row
 * become one, with two digits of each time, and of several pairs of JVMs only the one in the middle is kept.
 */
final class Condensed {

    private static final int DIGITS = 2;

    private Condensed() {}

    static Report of(Report report) {
        return new Report(
                report.format(),
                report.date(),
                report.commit(),
                report.command(),
                report.machine(),
                report.java(),
                report.flags(),
                report.rounds(),
                report.measurementSeconds(),
                report.completed(),
                report.remarks(),
                report.rows().stream().map(row -> row(report, row)).toList());
    }

    private static RowReport row(Report report, RowReport row) {
        ResultRow result = new ResultRow(report, row);
        Set<Measurement> kept = new HashSet<>();
        List<RoundReport> rounds = new ArrayList<>();
        for (RoundReport round : row.rounds()) {
            rounds.add(new RoundReport(
                    round.round(),
                    round.figures().stream()
                            .map(figure -> figure(result, figure, kept))
                            .toList()));
        }
        return new RowReport(row.row(), row.flags(), row.reason(), row.skipped(), row.remarks(), rounds);
    }

    /** The first round of each measurement has the histogram of all. */
    private static Figure figure(ResultRow row, Figure figure, Set<Measurement> kept) {
        Latency latency = figure.latency();
        if (latency == null || latency.histogram() == null) {
            return figure;
        }
        String histogram = kept.add(figure.measurement())
                ? Latency.encoded(coarse(row.times(figure.measurement()).orElseThrow()))
                : null;
        return new Figure(
                figure.measurement(),
                figure.messages(),
                figure.elapsedNanos(),
                figure.messagesPerSecond(),
                figure.cpuNanosPerMessage(),
                figure.allocatedBytesPerMessage(),
                new Latency(
                        latency.p50Nanos(),
                        latency.p99Nanos(),
                        latency.p999Nanos(),
                        latency.maxNanos(),
                        latency.meanUnclockedNanos(),
                        histogram),
                figure.more(),
                figure.distance());
    }

    private static Histogram coarse(Histogram times) {
        Histogram coarse = new Histogram(Math.max(2, times.getMaxValue()), DIGITS);
        times.recordedValues()
                .forEach(value ->
                        coarse.recordValueWithCount(value.getValueIteratedTo(), value.getCountAtValueIteratedTo()));
        return coarse;
    }
}
