package org.ipckit.benchmarks.report;

import java.util.List;

/** How the figures are made, as short as a reader of a table needs it. */
final class Method {

    static final List<String> SUMMARY = List.of(
            "Two processes for each row, each pinned to a processor of its own after it has warmed up; inproc, which cannot"
                    + " leave its JVM, has two threads.",
            "In every round each row is measured once, in turn, while all others sleep; a number is the median of the"
                    + " rounds.",
            "The sender writes words computed from the message's number, the receiver reads and checks all of them.",
            "Round trip: the next message goes when the answer to the one before has come. One way: the sender sends as fast"
                    + " as it can, and the time ends when the receiver has answered how many it read.",
            "c-... is the same work in C, what the mechanism can do here at best; raw-... is the JDK without our API;"
                    + " peer-... is another library. Ratios are of figures of the same round, measured"
                    + " while the processors were as far apart.",
            "CPU is user and system time of both processes. The percentile curves are of all rounds together; of rows in C"
                    + " only three percentiles are known.",
            "docs/how-we-measure.md has the whole of it, with its limits.");

    private Method() {}
}
