package org.ipckit.benchmarks.report;

import java.util.List;
import org.ipckit.benchmarks.report.Table.Column;

/** Pieces of HTML. */
final class Html {

    private Html() {}

    /** Keeps a text from being read as HTML, also within quotation marks. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    static String paragraph(String text) {
        return "<p>" + escape(text) + "</p>\n";
    }

    static String list(List<String> items) {
        StringBuilder html = new StringBuilder("<ul>\n");
        items.forEach(item -> html.append("<li>").append(escape(item)).append("</li>\n"));
        return html.append("</ul>\n").toString();
    }

    /** Writes what a reader may leave closed. */
    static String folded(String title, String content) {
        return "<details><summary>" + escape(title) + "</summary>\n" + content + "</details>\n";
    }

    /** Writes a table with its title, introduction and notes; wider than the page, it scrolls in its own frame. */
    static String table(Table table) {
        StringBuilder html = new StringBuilder();
        html.append("<h2>").append(escape(table.title())).append("</h2>\n");
        if (!table.introduction().isEmpty()) {
            html.append(paragraph(table.introduction()));
        }
        html.append("<div class=\"scroll\" tabindex=\"0\"><table>\n<thead>\n");
        if (table.grouped()) {
            html.append(groups(table));
        }
        html.append("<tr>");
        table.columns().forEach(column -> html.append("<th scope=\"col\"")
                .append(align(column))
                .append('>')
                .append(escape(column.title()))
                .append("</th>"));
        html.append("</tr>\n</thead>\n<tbody>\n");
        table.rows().forEach(row -> html.append(row(table, row)));
        html.append("</tbody>\n</table></div>\n");
        table.notes()
                .forEach(note ->
                        html.append("<p class=\"note\">").append(escape(note)).append("</p>\n"));
        return html.toString();
    }

    private static String groups(Table table) {
        StringBuilder html = new StringBuilder("<tr>");
        for (int at = 0; at < table.columns().size(); at += table.groupWidth(at)) {
            html.append("<th scope=\"colgroup\" colspan=\"")
                    .append(table.groupWidth(at))
                    .append("\">")
                    .append(escape(table.columns().get(at).group()))
                    .append("</th>");
        }
        return html.append("</tr>\n").toString();
    }

    private static String row(Table table, List<String> cells) {
        StringBuilder html = new StringBuilder("<tr><th scope=\"row\">")
                .append(escape(cells.get(0)))
                .append("</th>");
        for (int at = 1; at < cells.size(); at++) {
            int span = at == cells.size() - 1 ? table.columns().size() - at : 1;
            String text = escape(cells.get(at));
            html.append(
                    span > 1
                            ? "<td class=\"reason\" colspan=\"" + span + "\"><div>" + text + "</div></td>"
                            : "<td" + align(table.columns().get(at)) + ">" + text + "</td>");
        }
        return html.append("</tr>\n").toString();
    }

    private static String align(Column column) {
        return column.number() ? " class=\"number\"" : "";
    }
}
