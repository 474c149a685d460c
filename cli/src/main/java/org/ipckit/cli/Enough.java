package org.ipckit.cli;

import java.time.Duration;
import org.ipckit.transport.Address;

/** Whether what has come before a time-out is what was asked for. */
final class Enough {

    private Enough() {}

    /**
     * Goes on only if messages have come, and as many as wanted.
     *
     * @param wanted null if any number will do
     */
    static void require(long messages, Long wanted, Address address, Duration timeout) {
        String none = " within " + Durations.words(timeout) + " (--timeout)";
        if (messages == 0) {
            throw new CommandFailedException("no message came to " + address + none);
        }
        if (wanted != null) {
            throw new CommandFailedException(
                    messages + " of " + wanted + " messages came to " + address + ", then no more" + none);
        }
    }
}
