package org.ipckit.transport;

import java.time.Duration;

/** Time-outs that have a name. */
public final class Waits {

    /** Waits for ever. Any time-out of more than 292 years is taken for it. */
    public static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);

    private Waits() {}
}
