package org.ipckit.benchmarks;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What is to be measured of a row, as far as it is able to.
 *
 * @param warmUp how long each measurement runs before the first round
 * @param rate how many round trips per second an open loop begins; if empty, half as many as end in a closed one
 */
record Work(Set<Measurement> measurements, Duration warmUp, OptionalDouble rate) {

    Work {
        measurements = Set.copyOf(measurements);
    }
}
