package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** The report for a terminal: a table for each size of messages, then what is to be known about them. */
public final class TerminalReport {

    private TerminalReport() {}

    /** Returns the lines. */
    public static List<String> lines(Results results) {
        List<String> lines = new ArrayList<>();
        for (int size : results.sizes()) {
            Table table = ComparisonTable.of(results, size);
            lines.add(table.introduction());
            lines.add("");
            lines.addAll(TextTable.lines(table));
            lines.add("");
        }
        for (Table table : FurtherTables.of(results)) {
            lines.add(table.title() + ": " + table.introduction());
            lines.add("");
            lines.addAll(TextTable.lines(table));
            lines.add("");
        }
        lines.addAll(Remarks.ofRows(results));
        lines.addAll(Remarks.ofRuns(results));
        lines.addAll(Remarks.origin(results));
        return lines;
    }
}
