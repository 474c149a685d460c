package org.ipckit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.report.RunComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ipckit bench compare}: what has changed from one run to another, beyond noise. */
@Command(
        name = "compare",
        description = "Shows what has changed from one run to another beyond noise.",
        footer = {"", "Exit code: 0 if nothing has become worse, 1 if something has or does not run any more."})
final class BenchCompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A.json", description = "The figures of before.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B.json", description = "The figures of now.")
    private Path after;

    @Option(
            names = "--threshold",
            paramLabel = "PERCENT",
            description =
                    "The smallest change that counts (default: 10), as two runs of the same code differ a little.")
    private double threshold = 10;

    @Override
    public Integer call() throws IOException {
        if (!(threshold > 0 && threshold < 1000)) {
            throw new ParameterException(
                    spec.commandLine(), "--threshold is above 0 and below 1000 percent, not " + threshold);
        }
        RunComparison comparison = RunComparison.of(Report.read(before), Report.read(after), threshold / 100);
        PrintWriter out = spec.commandLine().getOut();
        comparison.lines().forEach(out::println);
        out.flush();
        return comparison.regression() ? ExitCode.SOFTWARE : ExitCode.OK;
    }
}
