package org.ipckit.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a long run into parts, one after the other. The JVMs of a section live while it runs, and its rows take turns in
 * its rounds; all rows of a long run at once would not fit into the memory of most machines.
 */
final class Sections {

    /** More pairs of JVMs do not run at a time: about 6 GB with their heaps. */
    static final int MOST_PAIRS = 24;

    private Sections() {}

    /** Returns groups of rows as few sections; a group, whose rows are compared with each other, stays together. */
    static List<List<PlannedRow>> of(List<List<PlannedRow>> groups) {
        List<List<PlannedRow>> sections = new ArrayList<>();
        List<PlannedRow> section = new ArrayList<>();
        for (List<PlannedRow> group : groups) {
            if (!section.isEmpty() && pairs(section) + pairs(group) > MOST_PAIRS) {
                sections.add(section);
                section = new ArrayList<>();
            }
            section.addAll(group);
        }
        sections.add(section);
        return sections;
    }

    private static int pairs(List<PlannedRow> rows) {
        return rows.stream()
                .filter(planned ->
                        planned.contender().isPresent() && planned.unavailable().isEmpty())
                .mapToInt(PlannedRow::pairs)
                .sum();
    }
}
