package org.ipckit.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ipckit.benchmarks.Report;

/** What a run of the benchmark says a message costs, for who wants to choose and not to judge the measurement. */
public final class MeasuredCosts {

    private final Results results;

    private MeasuredCosts(Results results) {
        this.results = results;
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
        return new MeasuredCosts(Results.of(Report.read(file)));
    }

    /** Returns what a row cost with messages of {@link #sizeBytes()}; empty if it is not there or did not run. */
    public Optional<Cost> of(String name) {
        return results.measured(name, sizeBytes()).flatMap(MeasuredCosts::cost);
    }

    private static Optional<Cost> cost(ResultRow row) {
        OptionalDouble roundTrip = row.median(Aspect.ROUND_TRIP_P50);
        OptionalDouble rate = row.median(Aspect.RATE);
        OptionalDouble cpu = row.median(Aspect.CPU);
        return roundTrip.isEmpty() || rate.isEmpty() || cpu.isEmpty()
                ? Optional.empty()
                : Optional.of(new Cost(roundTrip.getAsDouble(), rate.getAsDouble(), cpu.getAsDouble()));
    }

    /** Returns when it was measured, UTC. */
    public String date() {
        return results.first().date();
    }

    /** Returns how large the messages were; of several sizes the smallest. */
    public int sizeBytes() {
        return results.mainSize().orElse(0);
    }

    /** Returns where it was measured, in a few words. */
    public String machine() {
        return results.first().machine().model() + ", "
                + results.first().machine().cores() + " processors";
    }

    /** Returns true if this machine has the same processors. */
    public boolean ofThisMachine() {
        return results.first().machine().likeThisOne();
    }
}
