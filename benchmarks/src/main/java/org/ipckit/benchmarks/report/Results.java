package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.ipckit.benchmarks.Median;
import org.ipckit.benchmarks.Report;

/**
 * The results of one run, or of several on the same machine with messages of other sizes or other rows, as their readers
 * see them.
 */
public final class Results {

    private final List<Report> reports;
    private final List<ResultRow> rows = new ArrayList<>();

    private Results(List<Report> reports) {
        this.reports = reports;
        for (Report report : reports) {
            report.rows().forEach(row -> rows.add(new ResultRow(report, row)));
        }
    }

    /** Returns the results of one run. */
    public static Results of(Report report) {
        return new Results(List.of(report));
    }

    /**
     * Puts the results of several runs together.
     *
     * @throws IllegalArgumentException if there are none, they are not of the same machine and JDK, or have the same row
     */
    public static Results of(List<Report> reports) {
        if (reports.isEmpty()) {
            throw new IllegalArgumentException("no results");
        }
        Report first = reports.get(0);
        for (Report other : reports) {
            if (!other.machine().equals(first.machine()) || !other.java().equals(first.java())) {
                throw new IllegalArgumentException(
                        "results of different machines or JDKs do not belong into one table: " + environment(first)
                                + "; " + environment(other));
            }
        }
        Results results = new Results(List.copyOf(reports));
        Set<String> seen = new HashSet<>();
        for (ResultRow row : results.rows) {
            if (!seen.add(row.sizeBytes() + " " + row.name())) {
                throw new IllegalArgumentException("the row " + row.name() + " with messages of " + row.sizeBytes()
                        + " bytes is in two of the results");
            }
        }
        return results;
    }

    /** Returns where a run took place. */
    static String environment(Report report) {
        return report.machine().model() + ", " + report.machine().cores() + " processors, "
                + report.machine().kernel() + ", " + report.java();
    }

    List<Report> reports() {
        return reports;
    }

    /** Returns what all runs have in common. */
    Report first() {
        return reports.get(0);
    }

    List<ResultRow> rows() {
        return rows;
    }

    List<ResultRow> rows(int sizeBytes) {
        return rows.stream().filter(row -> row.sizeBytes() == sizeBytes).toList();
    }

    /** Returns the sizes of messages that something was measured with, or was to be; the smallest first. */
    List<Integer> sizes() {
        TreeSet<Integer> sizes = new TreeSet<>();
        rows.forEach(row -> sizes.add(row.sizeBytes()));
        return List.copyOf(sizes);
    }

    /** Returns the name of a row, with its size where there are several. */
    String label(ResultRow row) {
        return sizes().size() > 1 ? row.name() + " " + Unit.size(row.sizeBytes()) : row.name();
    }

    /** Returns the size that a chart of one size shows: the smallest, at which what a mechanism itself costs is seen. */
    OptionalInt mainSize() {
        return sizes().stream().mapToInt(size -> size).findFirst();
    }

    /** Returns the row of a name, if it was measured; of several the first. */
    Optional<ResultRow> measured(String name, int sizeBytes) {
        return rows.stream()
                .filter(row -> row.name().equals(name) && row.sizeBytes() == sizeBytes && row.measured())
                .findFirst();
    }

    /** Returns the row of the program in C that a row is compared with, measured in the same rounds. */
    Optional<ResultRow> limit(ResultRow row) {
        return row.limit().flatMap(name -> beside(row, name));
    }

    /** Returns how many times the figure of its limit a row's figure is: the median of the ratios within each round. */
    OptionalDouble timesLimit(ResultRow row, Aspect aspect) {
        return median(row, limit(row), aspect);
    }

    /** Returns the same for the row without our API. */
    OptionalDouble timesRaw(ResultRow row, Aspect aspect) {
        return median(row, raw(row), aspect);
    }

    private static OptionalDouble median(ResultRow row, Optional<ResultRow> other, Aspect aspect) {
        return other.isEmpty() ? OptionalDouble.empty() : Median.of(row.ratios(aspect, other.get()));
    }

    /** Returns the row without our API that a row is compared with, measured in the same rounds. */
    Optional<ResultRow> raw(ResultRow row) {
        return row.raw().flatMap(name -> beside(row, name));
    }

    private Optional<ResultRow> beside(ResultRow row, String name) {
        return rows.stream()
                .filter(other -> other.name().equals(name) && other.sizeBytes() == row.sizeBytes())
                .filter(other -> other.run().equals(row.run()) && other.measured())
                .findFirst();
    }
}
