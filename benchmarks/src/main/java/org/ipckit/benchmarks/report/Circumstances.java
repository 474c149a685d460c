package org.ipckit.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.Report;

/** What differs between two runs besides the code, and whether figures then mean anything to each other. */
record Circumstances(Report before, Report after) {

    boolean comparable() {
        return before.machine().equals(after.machine());
    }

    /** Returns true if one of the runs noticed that it was not alone. */
    boolean noisy() {
        return before.noisy() || after.noisy();
    }

    /** Returns what a reader of a comparison has to know. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!comparable()) {
            remarks.add("A and B are of different machines: no figure is compared (" + Results.environment(before)
                    + "; " + Results.environment(after) + ")");
            return remarks;
        }
        differing(remarks, "JDK", before.java(), after.java());
        differing(
                remarks,
                "options of the JVMs",
                before.flags().toString(),
                after.flags().toString());
        differing(
                remarks,
                "time of each measurement",
                before.measurementSeconds() + " s",
                after.measurementSeconds() + " s");
        tell(remarks, "A", before);
        tell(remarks, "B", after);
        if (noisy()) {
            remarks.add(
                    "The machine was not idle, or not the same all the time: only figures that can be held against C in"
                            + " the same round are judged");
        }
        return remarks;
    }

    private static void differing(List<String> remarks, String what, String before, String after) {
        if (!before.equals(after)) {
            remarks.add("The " + what + " differs, and what has changed may be due to it: " + before + "; " + after);
        }
    }

    private static void tell(List<String> remarks, String which, Report report) {
        report.remarks().forEach(remark -> remarks.add(which + ": " + remark));
        if (!report.completed()) {
            remarks.add(which + " was interrupted");
        }
    }
}
