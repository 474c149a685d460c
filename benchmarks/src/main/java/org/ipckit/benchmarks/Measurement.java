package org.ipckit.benchmarks;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is measured of a row in every round. */
public enum Measurement {
    /** A message there and one back, one pair at a time, each as soon as the one before has ended. */
    ROUND_TRIP("round trip"),
    /** Messages in one direction as fast as they go, each handed to the mechanism at once. */
    ONE_WAY("one way"),
    /** The same, with as many messages in one system call as the contender's buffer takes. */
    ONE_WAY_BATCHED("one way, batched"),
    /** Round trips that begin at times fixed beforehand, and whose time counts from then. */
    OPEN_LOOP("open loop"),
    /** From the call that connects to the answer to the first message. */
    SET_UP("set-up"),
    /** The processor time of a connected pair that waits. */
    IDLE("idle"),
    /** Messages of one publisher to several subscribers. */
    FAN_OUT("fan-out");

    /** What every run measures. */
    static final Set<Measurement> USUAL = Set.copyOf(EnumSet.range(ROUND_TRIP, ONE_WAY_BATCHED));

    /** What is measured besides when it is asked for. */
    public static final Set<Measurement> FURTHER = Set.copyOf(EnumSet.range(OPEN_LOOP, IDLE));

    private final String title;

    Measurement(String title) {
        this.title = title;
    }

    /**
     * Returns one of those that have to be asked for, by its name in lower case with hyphens.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static Measurement further(String name) {
        return FURTHER.stream()
                .filter(measurement -> measurement.option().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--measure takes "
                        + String.join(
                                ", ",
                                FURTHER.stream()
                                        .sorted()
                                        .map(Measurement::option)
                                        .toList()) + ", not '"
                        + name + "'"));
    }

    private String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return title;
    }
}
