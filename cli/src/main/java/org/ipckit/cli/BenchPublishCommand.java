package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.report.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ipckit bench publish}: the figures that the documents of a checkout show. */
@Command(
        name = "publish",
        hidden = true, // for those who work on ipckit itself
        description = "Keeps figures with the sources and makes docs/latency.md and the README's table of them.")
final class BenchPublishCommand implements Callable<Integer> {

    @ParentCommand
    private BenchCommand bench;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "What --json of ipckit bench has written.")
    private Path figures;

    @Override
    public Integer call() throws IOException {
        String home = System.getProperty("ipckit.home");
        if (home == null) {
            throw new CommandFailedException("publish works in a checkout only, and this is none");
        }
        Documents documents = new Documents(Path.of(home), bench.registry());
        documents.publish(Report.read(figures));
        spec.commandLine()
                .getOut()
                .println("written: " + documents.results() + ", " + documents.page() + ", " + documents.readme());
        return ExitCode.OK;
    }
}
