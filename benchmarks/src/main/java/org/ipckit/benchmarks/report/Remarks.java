package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ipckit.benchmarks.Report;

/** What a reader of the figures has to know besides them. */
final class Remarks {

    /** What stands above those of single rows. */
    static final String OF_ROWS = "What stands out in single rounds";

    private Remarks() {}

    /** Returns what disturbed the run, or kept it from its end: to be read before the figures. */
    static List<String> ofRuns(Results results) {
        Set<String> remarks = new LinkedHashSet<>();
        for (ResultRow row : results.rows()) {
            if (row.measured() && row.reason().isPresent()) {
                remarks.add(results.label(row) + " stopped after round " + row.lastRound() + ": "
                        + row.reason().get());
            }
        }
        for (Report report : results.reports()) {
            if (!report.completed()) {
                remarks.add("Interrupted: not all rounds were measured.");
            }
            remarks.addAll(report.remarks());
        }
        return List.copyOf(remarks);
    }

    /** Returns what stands out in single rows, such as one round that was far from the others: to be looked up. */
    static List<String> ofRows(Results results) {
        return results.rows().stream()
                .flatMap(row -> row.remarks().stream().map(remark -> results.label(row) + ": " + remark))
                .toList();
    }

    /** Returns where the figures come from and how they are made again. */
    static List<String> origin(Results results) {
        List<String> origin = new ArrayList<>();
        origin.add(Results.environment(results.first()));
        for (Report report : results.reports()) {
            origin.add(report.command() + (report.commit() == null ? "" : ", commit " + report.commit()) + ", "
                    + report.date());
        }
        return origin;
    }
}
