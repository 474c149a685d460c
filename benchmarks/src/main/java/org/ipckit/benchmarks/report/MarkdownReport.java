package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.TransportRegistry;

/** The report in Markdown, for a page, an issue or a mail. */
public final class MarkdownReport {

    private MarkdownReport() {}

    /**
     * Returns the lines.
     *
     * @param registry what the table of traits is made of
     */
    public static List<String> lines(Results results, TransportRegistry registry) {
        List<String> lines = new ArrayList<>();
        lines.add("# How fast can two processes talk?");
        lines.add("");
        lines.addAll(origin(results));
        for (int size : results.sizes()) {
            lines.addAll(section(ComparisonTable.of(results, size)));
        }
        FurtherTables.of(results).forEach(table -> lines.addAll(section(table)));
        lines.add("");
        lines.addAll(sources(results, registry));
        List<String> remarks = list(Remarks.ofRows(results));
        if (!remarks.isEmpty()) {
            lines.addAll(List.of("", "# " + Remarks.OF_ROWS, ""));
            lines.addAll(remarks);
        }
        return lines;
    }

    /** Returns where the figures come from, and what disturbed them. */
    static List<String> origin(Results results) {
        List<String> lines = new ArrayList<>();
        lines.addAll(list(Remarks.origin(results)));
        lines.addAll(list(Remarks.ofRuns(results)));
        return lines;
    }

    private static List<String> list(List<String> items) {
        return items.stream().map(item -> "- " + MarkdownTable.escape(item)).toList();
    }

    /** Returns the tables of the sources, as they come out here. */
    public static List<String> sources(Results results, TransportRegistry registry) {
        List<String> lines = new ArrayList<>();
        lines.add("# What others say");
        SourceTables.of(results, registry).forEach(table -> lines.addAll(section(table)));
        return lines;
    }

    static List<String> section(Table table) {
        List<String> lines = new ArrayList<>(List.of("", "## " + MarkdownTable.escape(table.title()), ""));
        if (!table.introduction().isEmpty()) {
            lines.add(MarkdownTable.escape(table.introduction()));
            lines.add("");
        }
        lines.addAll(MarkdownTable.lines(table));
        return lines;
    }
}
