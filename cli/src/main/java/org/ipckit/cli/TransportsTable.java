package org.ipckit.cli;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.Availability;

/** The transports as an aligned table for a terminal of 110 columns. */
final class TransportsTable {

    static final int WIDTH = 110;

    private static final int NARROWEST_LAST_COLUMN = 16;
    private static final String GAP = "  ";
    private static final String INDENT = "    ";

    private TransportsTable() {}

    static List<String> lines(List<TransportInfo> transports) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "scheme", "works here", "max message", "delivery", "when full", "peer loss", "reach", "mechanism"));
        transports.forEach(transport -> rows.add(row(transport)));

        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        List<String> lines = new ArrayList<>(aligned(rows.get(0), widths));
        for (int at = 0; at < transports.size(); at++) {
            lines.addAll(aligned(rows.get(at + 1), widths));
            lines.addAll(remark(transports.get(at)));
        }
        return lines;
    }

    private static List<String> row(TransportInfo transport) {
        Availability availability = transport.availability();
        String worksHere = availability.degraded() ? "degraded" : availability.available() ? "yes" : "no";
        return List.of(
                transport.scheme(),
                worksHere,
                transport.maxMessage(),
                transport.delivery(),
                transport.whenFull(),
                transport.peerLoss(),
                transport.reach(),
                transport.mechanism());
    }

    private static List<String> aligned(List<String> row, int[] widths) {
        int last = row.size() - 1;
        StringBuilder first = new StringBuilder();
        for (int column = 0; column < last; column++) {
            String cell = row.get(column);
            first.append(cell)
                    .append(" ".repeat(widths[column] - cell.length()))
                    .append(GAP);
        }
        int indent = first.length();
        List<String> lines = new ArrayList<>();
        for (String part : wrapped(row.get(last), Math.max(NARROWEST_LAST_COLUMN, WIDTH - indent))) {
            lines.add((lines.isEmpty() ? first : " ".repeat(indent)) + part);
        }
        return lines;
    }

    private static List<String> remark(TransportInfo transport) {
        String reason = transport.availability().reason();
        return reason.isEmpty()
                ? List.of()
                : wrapped(MessageText.oneLine(reason), WIDTH - INDENT.length()).stream()
                        .map(part -> INDENT + part)
                        .toList();
    }

    /** Breaks between words; a word that is longer than a line has one of its own. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
