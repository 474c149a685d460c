package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ipckit.benchmarks.report.Table.Column;

/** Writes a table in Markdown. */
final class MarkdownTable {

    private MarkdownTable() {}

    /** Returns the lines with the notes below them, without title and introduction. */
    static List<String> lines(Table table) {
        List<String> lines = new ArrayList<>();
        lines.add(line(heads(table)));
        lines.add(line(table.columns().stream()
                .map(column -> column.number() ? "--:" : "---")
                .toList()));
        for (List<String> row : table.rows()) {
            List<String> cells =
                    new ArrayList<>(row.stream().map(MarkdownTable::escape).toList());
            cells.addAll(Collections.nCopies(table.columns().size() - cells.size(), ""));
            lines.add(line(cells));
        }
        for (String note : table.notes()) {
            lines.add("");
            lines.add(escape(note));
        }
        return lines;
    }

    /** There is one line of heads, so each says what group it belongs to. */
    private static List<String> heads(Table table) {
        List<String> heads = new ArrayList<>();
        String group = "";
        for (Column column : table.columns()) {
            if (!column.group().isEmpty()) {
                group = column.group();
            }
            String title = column.title().isEmpty()
                            || group.isEmpty()
                            || column.group().isEmpty()
                    ? column.title()
                    : group + ": " + column.title();
            heads.add(escape(title.isEmpty() ? group : title).strip());
        }
        return heads;
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** Keeps a text from being read as Markdown or HTML, and on one line. */
    static String escape(String text) {
        return text.replaceAll("\\s+", " ")
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("_", "\\_");
    }
}
