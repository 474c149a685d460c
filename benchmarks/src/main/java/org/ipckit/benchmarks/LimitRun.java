package org.ipckit.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
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
    private final Work work;
    private final Processors processors;
    private final Callable<LimitsProgram> preparation;
    private LimitsProgram program;
    private double rate;
    private Process running;
    private boolean closed;

    /**
     * Makes the row of a mechanism.
     *
     * @param preparation returns the program, compiled; throws {@link RowFailedException} where that is not possible
     */
    LimitRun(Row row, Work work, Processors processors, Callable<LimitsProgram> preparation) {
        this.row = row;
        this.work = work;
        this.processors = processors;
        this.preparation = preparation;
    }

    /** Returns true if what the mechanism does is a limit for messages of this size. */
    static boolean carries(String mechanism, int sizeBytes) {
        return sizeBytes <= BenchmarkSettings.DEFAULT_SIZE || !OF_ONE_SIZE.contains(mechanism);
    }

    /** Returns how much is measured of the mechanism in a round, as far as it can be told without the program. */
    static int measurements(String mechanism, Work work) {
        return (ONLY_ROUND_TRIPS.contains(mechanism) ? 1 : 3)
                + (work.measurements().contains(Measurement.OPEN_LOOP) ? 1 : 0);
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
        Set<Measurement> measured = new TreeSet<>(able);
        measured.retainAll(work.measurements());
        if (measured.contains(Measurement.OPEN_LOOP)) {
            rate = work.openLoopRate(measure(Measurement.ROUND_TRIP, Work.RATED));
        }
        return measured;
    }

    @Override
    public Figure measure(Measurement measurement, Duration duration) throws RowFailedException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.executable().toString(),
                kind(measurement),
                row.mechanism(),
                Integer.toString(row.sizeBytes()),
                String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9)));
        if (processors.pinned()) {
            command.addAll(List.of("--cpus", processors.near() + "," + processors.far()));
        } else {
            command.addAll(List.of("--cpus", "0,0"));
        }
        if (measurement == Measurement.ONE_WAY_BATCHED) {
            command.addAll(List.of("--batch", Integer.toString(batch())));
        }
        if (measurement == Measurement.OPEN_LOOP) {
            command.addAll(List.of("--rate", Double.toString(rate)));
        }
        try {
            Process process = start(command);
            // An open loop that cannot hold its rate takes twice the time.
            Finished finished = Finished.of(process, 2 * duration.toSeconds() + 30);
            if (finished.exitCode() != 0) {
                throw new RowFailedException("the C program ended with " + finished.exitCode() + ": "
                        + finished.errors().strip());
            }
            return parse(measurement, finished.output());
        } catch (IOException failed) {
            throw new RowFailedException("the C program: " + failed.getMessage());
        }
    }

    private static String kind(Measurement measurement) {
        return switch (measurement) {
            case ROUND_TRIP -> "round-trip";
            case OPEN_LOOP -> "open-loop";
            case ONE_WAY, ONE_WAY_BATCHED -> "one-way";
            default -> throw new IllegalArgumentException("the C program does not measure " + measurement);
        };
    }

    /** As many as our own buffer holds, and not more than count. */
    private int batch() {
        return Math.max(1, Math.min(BATCH, BATCH_BYTES / row.sizeBytes()));
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
        long messages = figures.required("messages").asLong();
        double perSecond = figures.required("messages_per_second").asDouble();
        return new Figure(
                measurement,
                messages,
                Math.round(messages * 1e9 / perSecond),
                perSecond,
                figures.required("cpu_ns_per_message").asDouble(),
                null,
                latency(measurement, figures),
                measurement == Measurement.OPEN_LOOP
                        ? OpenLoop.quantities(
                                figures.required("rate").asDouble(),
                                figures.required("not_sent").asLong())
                        : null,
                null);
    }

    private static Latency latency(Measurement measurement, JsonNode figures) {
        if (measurement != Measurement.ROUND_TRIP && measurement != Measurement.OPEN_LOOP) {
            return null;
        }
        return new Latency(
                figures.required("p50_ns").asLong(),
                figures.required("p99_ns").asLong(),
                figures.required("p999_ns").asLong(),
                figures.required("max_ns").asLong(),
                figures.path("mean_unclocked_ns").asDouble(),
                null);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (running != null) {
            running.destroy(); // the program ends both its ends on SIGTERM
        }
    }
}
