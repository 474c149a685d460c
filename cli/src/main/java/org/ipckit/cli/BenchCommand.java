package org.ipckit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ipckit.benchmarks.Benchmark;
import org.ipckit.benchmarks.BenchmarkSettings;
import org.ipckit.benchmarks.Report;
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

    @ParentCommand
    private Main main;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MeasuringOptions measuring;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go (default: bench.json).")
    private Path json = Path.of("bench.json");

    @Mixin
    private ReportOptions files;

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
                spec.commandLine().getErr(), Terminal.standardErrorIsTerminal(), report -> publish(report, written));
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
        return new BenchmarkSettings(measuring.selection(), measuring.timing(), json, home(), command());
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
}
