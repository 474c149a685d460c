package org.ipckit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ipckit.benchmarks.report.ReportFiles;
import org.ipckit.benchmarks.report.Results;
import org.ipckit.benchmarks.report.TerminalReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit bench report}: everything that a run writes, made again from its figures. */
@Command(
        name = "report",
        description =
                "Makes the table, the page and the rest again from files of figures. Several files of one machine,"
                        + " with messages of different sizes, become one report.")
final class BenchReportCommand implements Callable<Integer> {

    @ParentCommand
    private BenchCommand bench;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ResultFiles figures;

    @Mixin
    private ReportOptions files;

    @Override
    public Integer call() throws IOException {
        ReportFiles written = files.withPageBeside(figures.first());
        try {
            written.requireWritable();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
        Results results = figures.read();
        PrintWriter out = spec.commandLine().getOut();
        TerminalReport.lines(results).forEach(out::println);
        written.write(results, bench.registry()).forEach(out::println);
        out.flush();
        return ExitCode.OK;
    }
}
