package org.ipckit.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.Report;
import org.ipckit.benchmarks.WholeFile;
import org.ipckit.transport.TransportRegistry;

/** The documents of a checkout that show figures. They are made of results that are kept with the sources. */
public final class Documents {

    private static final String BEGIN = "<!-- latency -->";
    private static final String END = "<!-- /latency -->";

    private final Path home;
    private final TransportRegistry registry;

    /**
     * Makes those of a checkout.
     *
     * @param home its folder
     * @param registry what the table of traits is made of
     */
    public Documents(Path home, TransportRegistry registry) {
        this.home = home;
        this.registry = registry;
    }

    /** Returns where the results are kept. */
    public Path results() {
        return home.resolve("benchmarks/results/latency.json");
    }

    /** Returns the page with all tables. */
    public Path page() {
        return home.resolve("docs/latency.md");
    }

    /** Returns the file with the short table. */
    public Path readme() {
        return home.resolve("README.md");
    }

    /** Keeps results, as small as they go, and makes the documents of them. */
    public void publish(Report report) throws IOException {
        Files.createDirectories(results().getParent());
        Condensed.of(report).writeShort(results());
        WholeFile.write(page(), text(pageLines()));
        WholeFile.write(readme(), text(readmeLines()));
    }

    /** Returns the page, made anew of the results that are kept. */
    List<String> pageLines() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("<!-- Made by './ipckit bench publish' of benchmarks/results/latency.json; not to be edited. -->");
        lines.addAll(MarkdownReport.lines(kept(), registry));
        lines.add("");
        lines.add("How the figures are made, and what they do not say: [how we measure](how-we-measure.md).");
        return lines;
    }

    /** Returns the README with its table made anew of the results that are kept. */
    List<String> readmeLines() throws IOException {
        List<String> readme = Files.readAllLines(readme());
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(readme() + " has no lines " + BEGIN + " and " + END);
        }
        List<String> lines = new ArrayList<>(readme.subList(0, begin + 1));
        lines.addAll(ReadmeTable.lines(kept()));
        lines.addAll(readme.subList(end, readme.size()));
        return lines;
    }

    private Results kept() throws IOException {
        return Results.of(Report.read(results()));
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
