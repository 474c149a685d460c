package org.ipckit.benchmarks.report;

import java.util.List;

/**
 * A table before it is written in one form or another.
 *
 * @param title what it shows, in a few words
 * @param introduction what has to be known to read it; empty if nothing
 * @param columns the columns
 * @param rows the cells, row by row; the last cell of a row with fewer than there are columns spans the rest
 * @param notes what stands below it
 */
record Table(String title, String introduction, List<Column> columns, List<List<String>> rows, List<String> notes) {

    /**
     * One column.
     *
     * @param group what it has in common with those after it that have an empty one; empty if it continues a group
     * @param title its own name
     * @param number true if its cells are numbers, which are aligned at their end
     */
    record Column(String group, String title, boolean number) {

        static Column text(String title) {
            return new Column("", title, false);
        }

        static Column number(String title) {
            return new Column("", title, true);
        }
    }

    Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
    }

    boolean grouped() {
        return columns.stream().anyMatch(column -> !column.group().isEmpty());
    }

    /** Returns how many columns the group of this one has from here on. */
    int groupWidth(int at) {
        int end = at + 1;
        while (end < columns.size() && columns.get(end).group().isEmpty()) {
            end++;
        }
        return end - at;
    }
}
