package org.ipckit.benchmarks;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is to be measured of a row, as far as it is able to.
 *
 * @param warmUp how long each measurement runs before the first round, round trips at least
 * @param rate how many round trips per second an open loop begins; if empty, half as many as end in a closed one
 */
record Work(Set<Measurement> measurements, Duration warmUp, OptionalDouble rate) {

    /** How long a closed loop runs before the first round, where the rate of the open one comes from it. */
    static final Duration RATED = Duration.ofMillis(100);

    /** An open loop begins half of what a closed one reaches: it is to show the mechanism, not a queue before it. */
    private static final double PART_OF_CLOSED_LOOP = 0.5;

    private static final int FURTHER_PART = 3;

    Work {
        measurements = Set.copyOf(measurements);
    }

    /** Returns how long each further run of a {@link WarmUp} is. */
    Duration furtherWarmUp() {
        return warmUp.dividedBy(FURTHER_PART);
    }

    /** Returns how many round trips an open loop begins per second, after a closed one. */
    double openLoopRate(Figure closedLoop) {
        return rate.orElse(PART_OF_CLOSED_LOOP * closedLoop.messagesPerSecond());
    }
}
