package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What one end counted in one measurement.
 *
 * @param messages round trips, messages, or connections
 * @param elapsedNanos from the first message to the answer that the last one has arrived; while waiting, if that is what
 *     is measured; 0 at a far end that does not see the beginning
 * @param cpuNanos user and system time of the end's process
 * @param allocatedBytes allocated by the end's thread; -1 if this JVM does not tell
 * @param latency where the near end looked at the clock for each
 * @param more what only some measurements count; null in the others
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Tally(
        long messages, long elapsedNanos, long cpuNanos, long allocatedBytes, Latency latency, List<Quantity> more) {

    Tally(long messages, long elapsedNanos, Usage used, Latency latency, List<Quantity> more) {
        this(messages, elapsedNanos, used.cpuNanos(), used.allocatedBytes(), latency, more);
    }

    Tally(long messages, long elapsedNanos, Usage used, Latency latency) {
        this(messages, elapsedNanos, used, latency, null);
    }

    Tally(long messages, long elapsedNanos, Usage used) {
        this(messages, elapsedNanos, used, null);
    }
}
