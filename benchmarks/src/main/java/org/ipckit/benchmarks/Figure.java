package org.ipckit.benchmarks;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The result of one measurement in one round.
 *
 * @param messages round trips, or messages one way
 * @param cpuNanosPerMessage user and system time of both processes together
 * @param allocatedBytesPerMessage by the two measuring threads together; null where it is not known
 * @param latency null one way
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
        Measurement measurement,
        long messages,
        long elapsedNanos,
        double messagesPerSecond,
        double cpuNanosPerMessage,
        Double allocatedBytesPerMessage,
        Latency latency) {

    /** Puts together what the two ends counted; in one process the CPU time of both is the same. */
    static Figure of(Measurement measurement, Tally near, Tally far, boolean oneProcess) {
        double messages = near.messages();
        double answered = far.messages(); // of round trips more than were timed: see NearEnd
        boolean allocationKnown = near.allocatedBytes() >= 0 && far.allocatedBytes() >= 0;
        return new Figure(
                measurement,
                near.messages(),
                near.elapsedNanos(),
                messages * 1e9 / near.elapsedNanos(),
                near.cpuNanos() / messages + (oneProcess ? 0 : far.cpuNanos() / answered),
                allocationKnown ? near.allocatedBytes() / messages + far.allocatedBytes() / answered : null,
                near.latency());
    }
}
