package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.ipckit.benchmarks.Contender;
import org.ipckit.benchmarks.Distance;
import org.ipckit.benchmarks.Figure;
import org.ipckit.benchmarks.Latency;
import org.ipckit.benchmarks.Machine;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.Quantity;
import org.ipckit.benchmarks.Quantity.Better;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.Row;
import org.ipckit.benchmarks.RowReport;
import org.ipckit.benchmarks.RowReport.RoundReport;

/** Results that were made up, for tests of what is made of them. */
final class Made {

    static final Machine MACHINE = new Machine(2, "Some CPU", "Linux 1 amd64", List.of(0, 1));
    static final Row UDS = new Row("uds", Contender.Group.TRANSPORT, "c-uds", "raw-uds");
    static final Row RAW = new Row("raw-uds", Contender.Group.RAW, "c-uds", null);
    static final Row C = Row.ofLimit("uds");

    private Made() {}

    static Row transport(String name) {
        return new Row(name, Contender.Group.TRANSPORT, null, null);
    }

    static Report report(RowReport... rows) {
        return report(64, List.of(), rows);
    }

    static Report report(int sizeBytes, List<String> remarks, RowReport... rows) {
        return new Report(
                Report.FORMAT,
                "2026-01-01T00:00:00Z",
                "abcdef",
                "./ipckit bench",
                MACHINE,
                "Java 17",
                List.of("-Xms64m"),
                3,
                0.2,
                true,
                remarks,
                Stream.of(rows).map(row -> sized(row, sizeBytes)).toList());
    }

    private static RowReport sized(RowReport report, int sizeBytes) {
        Row row = report.row();
        return new RowReport(
                new Row(row.name(), row.group(), row.limit(), row.raw(), sizeBytes),
                report.flags(),
                report.reason(),
                report.skipped(),
                report.remarks(),
                report.rounds());
    }

    static RowReport row(Row row, RoundReport... rounds) {
        return new RowReport(row, List.of(), null, false, List.of(), List.of(rounds));
    }

    static RowReport missing(Row row, String reason) {
        return new RowReport(row, List.of(), reason, false, List.of(), List.of());
    }

    /** A row whose round trips took this long in the rounds, each with a histogram, and whose rates follow from it. */
    static RowReport ofRoundTrips(Row row, long... nanos) {
        List<RoundReport> rounds = new ArrayList<>();
        for (long each : nanos) {
            rounds.add(round(rounds.size() + 1, histogram(each), oneWay(1e9 / each)));
        }
        return row(row, rounds.toArray(RoundReport[]::new));
    }

    static RoundReport round(int number, Figure... figures) {
        return new RoundReport(number, List.of(figures));
    }

    static Figure roundTrip(long nanos) {
        return roundTrip(nanos, new Latency(nanos, nanos, nanos, nanos, (double) nanos, null));
    }

    /** Round trips of so long, while a cache line took so long there and back. */
    static Figure roundTrip(long nanos, long lineNanos) {
        return roundTrip(nanos).at(new Distance(lineNanos, lineNanos));
    }

    /** Round trips of about this long, one in a hundred of ten times as long. */
    static Figure histogram(long nanos) {
        Histogram times = new Histogram(10_000_000_000L, 3);
        for (int i = 0; i < 1000; i++) {
            times.recordValue(i % 100 == 99 ? nanos * 10 : nanos);
        }
        return roundTrip(nanos, Latency.of(times, (double) nanos));
    }

    private static Figure roundTrip(long nanos, Latency latency) {
        return new Figure(Measurement.ROUND_TRIP, 10, 10 * nanos, 1e9 / nanos, 9000, null, latency);
    }

    static Figure oneWay(double perSecond) {
        return new Figure(Measurement.ONE_WAY, 10, Math.round(1e10 / perSecond), perSecond, 2000, 0.25, null);
    }

    /** Round trips of so long at a rate, three of which could not begin. */
    static Figure openLoop(long nanos, double perSecond) {
        return new Figure(
                Measurement.OPEN_LOOP,
                10,
                Math.round(1e10 / perSecond),
                perSecond,
                9000,
                null,
                new Latency(nanos, nanos, nanos, nanos, 0, null),
                List.of(
                        new Quantity("rate", "1/s", Better.NEITHER, perSecond),
                        new Quantity("notSent", "messages", Better.LESS, 3)),
                null);
    }
}
