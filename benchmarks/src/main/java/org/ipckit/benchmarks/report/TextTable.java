package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.report.Table.Column;

/** Writes a table for a terminal: columns aligned with spaces. */
final class TextTable {

    private static final int GAP = 2;

    private final Table table;
    private final int[] widths;

    private TextTable(Table table) {
        this.table = table;
        this.widths = new int[table.columns().size()];
        measure(table.columns().stream().map(Column::title).toList());
        table.rows().forEach(this::measure);
    }

    /** Returns the lines of the head and of the rows. */
    static List<String> lines(Table table) {
        return new TextTable(table).lines();
    }

    private void measure(List<String> row) {
        // A reason runs over into what is empty beside it.
        int cells = row.size() == widths.length ? row.size() : row.size() - 1;
        for (int i = 0; i < cells; i++) {
            widths[i] = Math.max(widths[i], row.get(i).length());
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (table.grouped()) {
            lines.add(line(table.columns().stream().map(Column::group).toList(), true));
        }
        lines.add(line(table.columns().stream().map(Column::title).toList(), false));
        table.rows().forEach(row -> lines.add(line(row, false)));
        return lines;
    }

    private String line(List<String> cells, boolean groups) {
        StringBuilder line = new StringBuilder();
        int start = 0;
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean spans = cells.size() < widths.length && i == cells.size() - 1;
            boolean right = table.columns().get(i).number() && !groups && !spans;
            line.append(" ".repeat(Math.max(0, start - line.length())));
            line.append(right ? " ".repeat(Math.max(0, widths[i] - cell.length())) + cell : cell);
            start += widths[i] + GAP;
        }
        return line.toString().stripTrailing();
    }
}
