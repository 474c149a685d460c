package org.ipckit.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.ipckit.benchmarks.report.MarkdownReport;
import org.ipckit.benchmarks.report.Results;
import org.ipckit.benchmarks.report.SourceTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit bench tables}: what others have published, beside what was measured. */
@Command(
        name = "tables",
        description = "Prints the tables that others have published about these mechanisms, beside what was measured.")
final class BenchTablesCommand implements Callable<Integer> {

    @ParentCommand
    private BenchCommand bench;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ResultFiles figures;

    @Option(names = "--markdown", description = "Print Markdown.")
    private boolean markdown;

    @Override
    public Integer call() throws IOException {
        Results results = figures.read();
        PrintWriter out = spec.commandLine().getOut();
        List<String> lines = markdown
                ? MarkdownReport.sources(results, bench.registry())
                : SourceTables.text(results, bench.registry());
        lines.forEach(out::println);
        out.flush();
        return ExitCode.OK;
    }
}
