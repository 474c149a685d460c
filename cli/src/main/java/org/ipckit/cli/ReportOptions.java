package org.ipckit.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.ipckit.benchmarks.report.ReportFiles;
import picocli.CommandLine.Option;

/** Where a report goes besides the screen. */
final class ReportOptions {

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Where the page with charts goes (default: beside the figures, as bench.html).")
    private Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the tables in Markdown too.")
    private Path markdown;

    @Option(names = "--png", paramLabel = "FOLDER", description = "Write the charts as pictures too, for slides.")
    private Path pictures;

    /** Returns the files, with the page beside that of the figures unless another place was given. */
    ReportFiles withPageBeside(Path json) {
        return new ReportFiles(
                Optional.of(html == null ? ReportFiles.pageOf(json) : html),
                Optional.ofNullable(markdown),
                Optional.ofNullable(pictures));
    }
}
