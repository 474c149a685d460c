package org.ipckit.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.ipckit.benchmarks.BenchmarkSettings;
import org.ipckit.benchmarks.BenchmarkSettings.Selection;
import org.ipckit.benchmarks.BenchmarkSettings.Timing;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.Sizes;
import picocli.CommandLine.Option;

/** What is measured, and for how long. */
final class MeasuringOptions {

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ROW",
            description =
                    "Only these rows, such as uds,tcp?buffer=64KiB,raw-uds (default: every transport); shm is with its"
                            + " variant that spins.")
    private List<String> only = List.of();

    @Option(
            names = "--include",
            split = ",",
            paramLabel = "GROUP",
            description = "Rows to add: raw (the JDK's own channels), peers (other libraries), limits (all of the"
                    + " program in C), topics (one publisher with 1, 2 and 4 subscribers), self (nothing"
                    + " between the ends).")
    private Set<String> include = new LinkedHashSet<>();

    @Option(
            names = "--peers",
            description =
                    "The same as --include peers: Aeron, Agrona, Chronicle Queue, junixsocket, Netty, gRPC, JeroMQ. In a"
                            + " checkout they are fetched when this is first asked for.")
    private boolean peers;

    @Option(
            names = "--full",
            description = "The thorough run: every transport with each way to wait, messages of 64 bytes, 1 KiB, 64 KiB"
                    + " and 1 MiB, the topics, all measurements, and three pairs of JVMs for rows in memory. Says"
                    + " beforehand how long it takes: more than half an hour.")
    private boolean full;

    @Option(
            names = "--measure",
            split = ",",
            paramLabel = "WHAT",
            description =
                    "Measure besides: open-loop (round trips begun at fixed times, each counted from then), set-up (to"
                            + " connect and have the first answer), idle (CPU of a pair that waits).")
    private List<String> further = List.of();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "How many round trips per second open-loop begins (default: half of what the row reaches one"
                    + " after the other).")
    private Double rate;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            description = "How many times the JVMs of each row are started; the table has the pair in the middle and"
                    + " tells the range (default: 1, with --full 3 for rows in memory).")
    private Integer pairs;

    @Option(
            names = "--self",
            description = "Only what the measuring itself costs: a row without anything between its ends.")
    private boolean self;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "How often every row is measured (default: " + Timing.DEFAULT_ROUNDS + ", with --full "
                    + Timing.FULL_ROUNDS + "; bench compare needs 5).")
    private Integer rounds;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each measurement takes (default: 0.2).")
    private double seconds = Timing.DEFAULT_MEASUREMENT.toMillis() / 1e3;

    @Option(
            names = {"--sizes", "--size"},
            split = ",",
            paramLabel = "SIZE",
            description = "The sizes of the messages, such as 64,1KiB (default: 64).")
    private List<String> sizes = List.of();

    @Option(
            names = "--no-limits",
            negatable = true,
            description = "Leave out the program in C, which takes part where a C compiler is there.")
    private boolean limits = true;

    /**
     * Returns for how long.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    Timing timing() {
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException("--seconds is above 0 and at most 3600, not " + seconds);
        }
        int usualRounds = full ? Timing.FULL_ROUNDS : Timing.DEFAULT_ROUNDS;
        return new Timing(
                rounds == null ? usualRounds : rounds,
                Duration.ofNanos(Math.round(seconds * 1e9)),
                Timing.DEFAULT_WARM_UP,
                rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate));
    }

    /** Returns what. */
    Selection selection() {
        Set<String> groups = new LinkedHashSet<>(include);
        List<String> rows = new ArrayList<>(only);
        Set<Measurement> measurements = EnumSet.noneOf(Measurement.class);
        further.forEach(name -> measurements.add(Measurement.further(name)));
        if (peers) {
            groups.add("peers");
        }
        if (self) {
            rows.add("self");
        }
        if (rate != null) {
            measurements.add(Measurement.OPEN_LOOP);
        }
        if (full) {
            measurements.addAll(Measurement.FURTHER);
            if (rows.isEmpty()) {
                groups.add("topics");
            }
        }
        List<Integer> usualSizes = full ? Selection.FULL_SIZES : List.of(BenchmarkSettings.DEFAULT_SIZE);
        return new Selection(
                rows,
                groups,
                sizes.isEmpty() ? usualSizes : Sizes.parse(sizes),
                full,
                measurements,
                pairs == null ? 1 : pairs,
                pairs == null ? (full ? Selection.FULL_MEMORY_PAIRS : 1) : pairs,
                limits);
    }
}
