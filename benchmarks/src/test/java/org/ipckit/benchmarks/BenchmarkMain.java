package org.ipckit.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.ipckit.benchmarks.report.Results;
import org.ipckit.benchmarks.report.TerminalReport;
import org.ipckit.transport.Transports;

/** The command as a process of its own, for tests that end it. Arguments: the file, the rounds, the rows. */
final class BenchmarkMain {

    private BenchmarkMain() {}

    public static void main(String[] args) throws Exception {
        BenchmarkSettings settings = new BenchmarkSettings(
                new BenchmarkSettings.Selection(
                        List.of(args).subList(2, args.length), Set.of(), List.of(64), false, Set.of(), 1, 1, false),
                new BenchmarkSettings.Timing(
                        Integer.parseInt(args[1]),
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        OptionalDouble.empty()),
                Path.of(args[0]),
                Optional.empty(),
                "test");
        boolean allRan = new Benchmark(settings, Transports.registry())
                .run(new PrintWriter(System.err, true, UTF_8), false, report -> TerminalReport.lines(Results.of(report))
                        .forEach(new PrintWriter(System.out, true, UTF_8)::println));
        System.exit(allRan ? 0 : 1);
    }
}
