package org.ipckit.benchmarks;

/** What is measured of a row in every round. */
public enum Measurement {
    /** A message there and one back, one pair at a time. */
    ROUND_TRIP("round trip"),
    /** Messages in one direction as fast as they go, each handed to the mechanism at once. */
    ONE_WAY("one way"),
    /** The same, with as many messages in one system call as the contender's buffer takes. */
    ONE_WAY_BATCHED("one way, batched");

    private final String title;

    Measurement(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
