package org.ipckit.demos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ipckit.transport.Trait;
import org.ipckit.transport.Traits;
import org.ipckit.transport.TransportRegistry;

/**
 * The article's table, made of what the transports say about themselves. Where a transport uses a mechanism otherwise than
 * the article does, or has more to say, that is in the last column.
 */
public final class SummaryTable {

    private static final List<String> SUPERSCRIPTS = List.of("\u00b2", "\u00b3", "\u2074", "\u2075");
    private static final int FIRST_NUMBER = 2;
    private static final String EASY_NOTE =
            "\"Not easy\" means code of a lower level than who writes scripts usually deals with";

    private final TransportRegistry registry;
    private final List<String> notes = new ArrayList<>();

    private SummaryTable(TransportRegistry registry) {
        this.registry = registry;
    }

    /** Returns it as lines of Markdown. */
    public static List<String> markdown(TransportRegistry registry) {
        return new SummaryTable(registry).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(
                "Method", cells(column -> column.title() + (column == Column.EASY ? noted(EASY_NOTE) : "")), "Here"));
        lines.add(line("---", cells(column -> "---"), "---"));
        for (Pair pair : Pair.values()) {
            Traits traits = registry.find(pair.scheme()).orElseThrow().traits();
            lines.add(line(pair.method(), cells(column -> taught(pair, column, traits)), here(pair, traits)));
        }
        for (int at = 0; at < notes.size(); at++) {
            lines.add("");
            lines.add("<sup>" + (at + FIRST_NUMBER) + "</sup> " + notes.get(at));
        }
        return lines;
    }

    private static List<String> cells(Function<Column, String> cell) {
        return Arrays.stream(Column.values()).map(cell).toList();
    }

    private static String line(String first, List<String> cells, String last) {
        return "| " + first + " | " + String.join(" | ", cells) + " | " + last + " |";
    }

    private String taught(Pair pair, Column column, Traits traits) {
        Trait said = pair.asTaught(column)
                .orElseGet(() -> new Trait(column.of(traits).holds(), ""));
        String answer = said.holds() ? "Yes" : "No";
        return said.note().isEmpty() ? answer : answer + " " + noted(said.note());
    }

    /** The article numbers its notes by the place where they stand, and says one thing twice. */
    private String noted(String note) {
        notes.add(note);
        return SUPERSCRIPTS.get(notes.size() - 1);
    }

    private static String here(Pair pair, Traits traits) {
        String differences = Arrays.stream(Column.values())
                .filter(column -> !column.of(traits).note().isEmpty()
                        || column.of(traits).holds()
                                != pair.asTaught(column)
                                        .orElse(column.of(traits))
                                        .holds())
                .map(column -> column.word() + ": " + (column.of(traits).holds() ? "yes" : "no")
                        + (column.of(traits).note().isEmpty()
                                ? ""
                                : ", " + column.of(traits).note()))
                .collect(Collectors.joining("; "));
        return "`" + pair.scheme() + "`" + (differences.isEmpty() ? "" : ": " + differences);
    }
}
