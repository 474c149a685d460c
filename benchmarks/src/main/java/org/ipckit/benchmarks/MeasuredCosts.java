package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the last run of the benchmark says a message costs, for who wants to choose and not to judge the measurement. */
public final class MeasuredCosts {

    private final Report report;

    private MeasuredCosts(Report report) {
        this.report = report;
    }

    /**
     * What messages of one row cost: medians over the rounds.
     *
     * @param roundTripNanos of the median round trip
     * @param messagesPerSecond one way
     * @param cpuNanosPerMessage user and system time of both processes, one way
     */
    public record Cost(double roundTripNanos, double messagesPerSecond, double cpuNanosPerMessage) {}

    /** Reads a file that {@code bench} wrote. */
    public static MeasuredCosts read(Path file) throws IOException {
        return new MeasuredCosts(Report.read(file));
    }

    /** Returns what a row cost; empty if it is not there or did not run. */
    public Optional<Cost> of(String row) {
        for (RowReport each : report.rows()) {
            if (each.row().name().equals(row)) {
                List<Figure> roundTrips = figures(each, Measurement.ROUND_TRIP);
                List<Figure> oneWay = figures(each, Measurement.ONE_WAY);
                return roundTrips.isEmpty() || oneWay.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Cost(
                                middle(roundTrips, figure -> figure.latency().p50Nanos()),
                                middle(oneWay, Figure::messagesPerSecond),
                                middle(oneWay, Figure::cpuNanosPerMessage)));
            }
        }
        return Optional.empty();
    }

    private static List<Figure> figures(RowReport row, Measurement measurement) {
        return row.rounds().stream()
                .flatMap(round -> round.find(measurement).stream())
                .toList();
    }

    private static double middle(List<Figure> figures, ToDoubleFunction<Figure> value) {
        List<Double> values = new ArrayList<>();
        figures.forEach(figure -> values.add(value.applyAsDouble(figure)));
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    /** Returns when it was measured, UTC. */
    public String date() {
        return report.date();
    }

    /** Returns how large the messages were. */
    public int sizeBytes() {
        return report.sizeBytes();
    }

    /** Returns where it was measured, in a few words. */
    public String machine() {
        return report.machine().model() + ", " + report.machine().cores() + " processors";
    }

    /** Returns true if this machine has the same processors. */
    public boolean ofThisMachine() {
        Machine here = Machine.here(Processors.choose());
        return here.model().equals(report.machine().model())
                && here.cores() == report.machine().cores();
    }
}
