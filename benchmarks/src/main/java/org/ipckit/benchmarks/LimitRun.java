package org.ipckit.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

/** The row of a mechanism that the program in C measures; each measurement is a run of its own. */
final class LimitRun implements Participant {

    /** What the program spends on warming up before each measurement. */
    static final Duration WARM_UP = Duration.ofMillis(70);

    private static final int BATCH = 64;
    private static final int BATCH_BYTES = 64 << 10;

    /** What they carry has the mechanism's own size; beside longer messages that would be no limit. */
    private static final Set<String> OF_ONE_SIZE = Set.of("cache-line", "signal");

    private static final Set<String> ONLY_ROUND_TRIPS = Set.of("cache-line", "futex", "spin-futex", "file-lock");

    private static final Set<String> SPINNING = Set.of("cache-line", "record");

    private final Row row;
    private final int sizeBytes;
    private final Processors processors;
    private final Callable<LimitsProgram> preparation;
    private LimitsProgram program;
    private Process running;
    private boolean closed;

    /**
     * Makes the row of a mechanism.
     *
     * @param preparation returns the program, compiled; throws {@link RowFailedException} where that is not possible
     */
    LimitRun(Row row, int sizeBytes, Processors processors, Callable<LimitsProgram> preparation) {
        this.row = row;
        this.sizeBytes = sizeBytes;
        this.processors = processors;
        this.preparation = preparation;
    }

    /** Returns true if what the mechanism does is a limit for messages of this size. */
    static boolean carries(String mechanism, int sizeBytes) {
        return sizeBytes <= BenchmarkSettings.DEFAULT_SIZE || !OF_ONE_SIZE.contains(mechanism);
    }

    /** Returns true if nothing but round trips is measured of the mechanism. */
    static boolean isOneMeasurement(String mechanism) {
        return ONLY_ROUND_TRIPS.contains(mechanism);
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public List<String> remarks() {
        return List.of();
    }

    @Override
    public List<String> flags() {
        return List.of();
    }

    @Override
    public Set<Measurement> start() throws RowFailedException, InterruptedException {
        try {
            program = preparation.call();
        } catch (RowFailedException | InterruptedException | RuntimeException expected) {
            throw expected;
        } catch (Exception other) {
            throw new RowFailedException("the C program cannot be prepared: " + other);
        }
        if (!processors.pinned() && SPINNING.contains(row.mechanism())) {
            throw new RowFailedException("both ends spin, which takes two processors");
        }
        Set<Measurement> able = program.mechanisms().get(row.mechanism());
        if (able == null) {
            throw new RowFailedException("the C program has no mechanism '" + row.mechanism() + "'");
        }
        return able;
    }

    @Override
    public Figure measure(Measurement measurement, Duration duration) throws RowFailedException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.executable().toString(),
                measurement == Measurement.ROUND_TRIP ? "round-trip" : "one-way",
                row.mechanism(),
                Integer.toString(sizeBytes),
                String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9)));
        if (processors.pinned()) {
            command.addAll(List.of("--cpus", processors.near() + "," + processors.far()));
        } else {
            command.addAll(List.of("--cpus", "0,0"));
        }
        if (measurement == Measurement.ONE_WAY_BATCHED) {
            command.addAll(List.of("--batch", Integer.toString(batch())));
        }
        try {
            Process process = start(command);
            Finished finished = Finished.of(process, duration.toSeconds() + 30);
            if (finished.exitCode() != 0) {
                throw new RowFailedException("the C program ended with " + finished.exitCode() + ": "
                        + finished.errors().strip());
            }
            return parse(measurement, finished.output());
        } catch (IOException failed) {
            throw new RowFailedException("the C program: " + failed.getMessage());
        }
    }

    /** As many as our own buffer holds, and not more than count. */
    private int batch() {
        return Math.max(1, Math.min(BATCH, BATCH_BYTES / sizeBytes));
    }

    private synchronized Process start(List<String> command) throws IOException, InterruptedException {
        if (closed) {
            throw new InterruptedException("closed");
        }
        running = new ProcessBuilder(command).start();
        return running;
    }

    /** Reads the one line of JSON that the program prints. */
    static Figure parse(Measurement measurement, String line) throws IOException {
        JsonNode figures = Json.MAPPER.readTree(line);
        Latency latency = measurement != Measurement.ROUND_TRIP
                ? null
                : new Latency(
                        figures.required("p50_ns").asLong(),
                        figures.required("p99_ns").asLong(),
                        figures.required("p999_ns").asLong(),
                        figures.required("max_ns").asLong(),
                        figures.required("mean_unclocked_ns").asDouble(),
                        null);
        long messages = figures.required("messages").asLong();
        double perSecond = figures.required("messages_per_second").asDouble();
        return new Figure(
                measurement,
                messages,
                Math.round(messages * 1e9 / perSecond),
                perSecond,
                figures.required("cpu_ns_per_message").asDouble(),
                null,
                latency);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.destroy(); // the program ends both its ends on SIGTERM
        }
    }
}
