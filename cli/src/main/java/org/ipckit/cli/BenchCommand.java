package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ipckit.benchmarks.Benchmark;
import org.ipckit.benchmarks.BenchmarkSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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
        footer = {
            "",
            "Prints a table of medians and writes all figures into a file. Rows named c-... are the same work in C, the"
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
                    + " program in C).")
    private Set<String> include = new LinkedHashSet<>();

    @Option(
            names = "--peers",
            description =
                    "The same as --include peers: Aeron, Agrona, Chronicle Queue, junixsocket, Netty, gRPC, JeroMQ. In a"
                            + " checkout they are fetched when this is first asked for.")
    private boolean peers;

    @Option(names = "--rounds", paramLabel = "N", description = "How often every row is measured (default: 7).")
    private int rounds = BenchmarkSettings.DEFAULT_ROUNDS;

    @Option(names = "--seconds", paramLabel = "S", description = "How long each measurement takes (default: 0.2).")
    private double seconds = BenchmarkSettings.DEFAULT_MEASUREMENT.toMillis() / 1e3;

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of the messages (default: 64).")
    private int size = BenchmarkSettings.DEFAULT_SIZE;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go (default: bench.json).")
    private Path json = Path.of("bench.json");

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
        try {
            benchmark = new Benchmark(settings(), main.registry());
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
        boolean allRan =
                benchmark.run(spec.commandLine().getOut(), spec.commandLine().getErr(), standardErrorIsTerminal());
        return allRan ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private BenchmarkSettings settings() {
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException("--seconds is above 0 and at most 3600, not " + seconds);
        }
        Set<String> groups = new LinkedHashSet<>(include);
        if (peers) {
            groups.add("peers");
        }
        return new BenchmarkSettings(
                only,
                groups,
                rounds,
                Duration.ofNanos(Math.round(seconds * 1e9)),
                BenchmarkSettings.DEFAULT_WARM_UP,
                size,
                json,
                limits,
                home(),
                command());
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
