package org.ipckit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ipckit.benchmarks.Benchmark;
import org.ipckit.benchmarks.BenchmarkSettings;
import org.ipckit.benchmarks.BenchmarkSettings.Selection;
import org.ipckit.benchmarks.BenchmarkSettings.Timing;
import org.ipckit.benchmarks.Measurement;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.Sizes;
import org.ipckit.benchmarks.report.ReportFiles;
import org.ipckit.benchmarks.report.Results;
import org.ipckit.benchmarks.report.TerminalReport;
import org.ipckit.transport.TransportRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit bench}: measures the transports on this machine, between two processes. */
@Command(
        name = "bench",
        description = "Measures the transports on this machine, each between two processes.",
        subcommands = {
            BenchReportCommand.class,
            BenchTablesCommand.class,
            BenchCompareCommand.class,
            BenchPublishCommand.class
        },
        footer = {
            "",
            "Prints a table of medians, and writes all figures into a file and a page with charts beside it. Rows named"
                    + " c-... are the same work in C, the"
                    + " limit of what a mechanism can do here; raw-... is the JDK without our API, peer-... another library.",
            "Exit code: 0 if every row ran that can run on this machine, 1 if not, 2 if an option is wrong. Ctrl+C ends"
                    + " the run; what was measured until then is printed and written."
        })
final class BenchCommand implements Callable<Integer> {

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

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

    @Option(names = "--rounds", paramLabel = "N", description = "How often every row is measured (default: 7).")
    private int rounds = Timing.DEFAULT_ROUNDS;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each measurement takes (default: 0.2).")
    private double seconds = Timing.DEFAULT_MEASUREMENT.toMillis() / 1e3;

    @Option(
            names = {"--sizes", "--size"},
            split = ",",
            paramLabel = "SIZE",
            description = "The sizes of the messages, such as 64,1KiB (default: 64).")
    private List<String> sizes = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go (default: bench.json).")
    private Path json = Path.of("bench.json");

    @Mixin
    private ReportOptions files;

    @Option(
            names = "--no-limits",
            negatable = true,
            description = "Leave out the program in C, which takes part where a C compiler is there.")
    private boolean limits = true;

    @Option(
            names = "--jmh",
            description =
                    "Run the benchmarks under JMH instead: round trips, messages one way, frames, the ring, codecs. In a"
                            + " checkout, where they are built when this is first asked for.")
    private boolean jmh;

    @Parameters(
            paramLabel = "PATTERN",
            arity = "0..*",
            description =
                    "With --jmh: which of its benchmarks (default: all), and after -- further options of JMH, such as"
                            + " --jmh Codecs -- -f 3.")
    private List<String> forJmh = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jmh) {
            return JmhProcess.run(home(), forJmh);
        }
        if (!forJmh.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "'" + forJmh.get(0) + "' is a pattern for --jmh; rows are chosen with --only");
        }
        Benchmark benchmark;
        ReportFiles written = files.withPageBeside(json);
        try {
            written.requireWritable();
            benchmark = new Benchmark(settings(), main.registry());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
        boolean allRan = benchmark.run(
                spec.commandLine().getErr(), standardErrorIsTerminal(), report -> publish(report, written));
        return allRan ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void publish(Report report, ReportFiles written) throws IOException {
        Results results = Results.of(report);
        PrintWriter out = spec.commandLine().getOut();
        TerminalReport.lines(results).forEach(out::println);
        out.println("All figures: " + json);
        written.write(results, main.registry()).forEach(out::println);
        out.flush();
    }

    private BenchmarkSettings settings() {
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException("--seconds is above 0 and at most 3600, not " + seconds);
        }
        return new BenchmarkSettings(
                selection(),
                new Timing(
                        rounds,
                        Duration.ofNanos(Math.round(seconds * 1e9)),
                        Timing.DEFAULT_WARM_UP,
                        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate)),
                json,
                home(),
                command());
    }

    private Selection selection() {
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

    TransportRegistry registry() {
        return main.registry();
    }

    private static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty("ipckit.home")).map(Path::of);
    }

    private String command() {
        List<String> words = spec.commandLine().getParseResult().originalArgs();
        return "./ipckit " + String.join(" ", quoted(words));
    }

    private static List<String> quoted(List<String> words) {
        return words.stream()
                .map(word -> word.matches("[A-Za-z0-9_./,=:@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .toList();
    }

    /** {@link System#console()} asks about input and output; the progress goes elsewhere. */
    private static boolean standardErrorIsTerminal() {
        try {
            Path target = Files.readSymbolicLink(STANDARD_ERROR);
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }
}
