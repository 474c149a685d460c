package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.report.Results;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The files that a command makes something of. */
final class ResultFiles {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What --json of ipckit bench has written.")
    private List<Path> files;

    Path first() {
        return files.get(0);
    }

    /** Reads them as one report. */
    Results read() throws IOException {
        List<Report> reports = new ArrayList<>();
        for (Path file : files) {
            reports.add(Report.read(file));
        }
        try {
            return Results.of(reports);
        } catch (IllegalArgumentException unlike) {
            throw new ParameterException(spec.commandLine(), unlike.getMessage(), unlike);
        }
    }
}
