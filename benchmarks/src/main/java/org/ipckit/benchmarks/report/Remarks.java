package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ipckit.benchmarks.Report;

/** What a reader of the figures has to know besides them. */
final class Remarks {

    private Remarks() {}

    /** Returns what happened to rows and what disturbed the run. */
    static List<String> about(Results results) {
        Set<String> remarks = new LinkedHashSet<>();
        for (ResultRow row : results.rows()) {
            if (row.measured() && row.reason().isPresent()) {
                remarks.add(results.label(row) + " stopped after round " + row.lastRound() + ": "
                        + row.reason().get());
            }
            row.remarks().forEach(remark -> remarks.add(results.label(row) + ": " + remark));
        }
        for (Report report : results.reports()) {
            if (!report.completed()) {
                remarks.add("Interrupted: not all rounds were measured.");
            }
            remarks.addAll(report.remarks());
        }
        return List.copyOf(remarks);
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
