package org.ipckit.peers.aeron;

import java.io.IOException;
import java.time.Duration;

/** Ends a wait in which nothing happens for so long that something must be broken. Looks at the clock rarely. */
final class Silence {

    static final Duration LONGEST = Duration.ofSeconds(10);

    private static final int LOOKS = 1 << 16;

    private int looks;
    private long since;

    /** To be called each time that a look was in vain. */
    void go(String wait) throws IOException {
        if (++looks % LOOKS == 0) {
            long now = System.nanoTime();
            if (looks == LOOKS) {
                since = now;
            } else if (now - since > LONGEST.toNanos()) {
                throw new IOException(wait + ": nothing for " + LONGEST.toSeconds() + " s");
            }
        }
    }

    /** To be called when one was not. */
    void end() {
        looks = 0;
    }
}
