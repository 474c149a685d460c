package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one end counted in one measurement.
 *
 * @param elapsedNanos from the first message to the answer that the last one has arrived; 0 at the far end, which does
 *     not see the beginning
 * @param cpuNanos user and system time of the end's process
 * @param allocatedBytes allocated by the end's thread; -1 if this JVM does not tell
 * @param latency only of round trips at the near end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Tally(long messages, long elapsedNanos, long cpuNanos, long allocatedBytes, Latency latency) {}
