package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.TransportRegistry;

/** What others have written about these mechanisms, as tables of their shape, beside what comes out here. */
public final class SourceTables {

    private SourceTables() {}

    static List<Table> of(Results results, TransportRegistry registry) {
        return List.of(
                TraitsTable.of(registry),
                VyraTable.of(results),
                LectureTable.of(results, registry),
                IpcBenchTable.of(results));
    }

    /** Returns in Markdown how the mechanisms compare by their traits, which needs no results. */
    public static List<String> traits(TransportRegistry registry) {
        return MarkdownTable.lines(TraitsTable.of(registry));
    }

    /** Returns the tables for a terminal. */
    public static List<String> text(Results results, TransportRegistry registry) {
        List<String> lines = new ArrayList<>();
        for (Table table : of(results, registry)) {
            lines.add(table.title());
            if (!table.introduction().isEmpty()) {
                lines.add(table.introduction());
            }
            lines.add("");
            lines.addAll(TextTable.lines(table));
            lines.addAll(table.notes());
            lines.add("");
        }
        return lines;
    }
}
