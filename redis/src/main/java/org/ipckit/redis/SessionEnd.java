package org.ipckit.redis;

import java.io.IOException;

/** Whether a session has ended, and why. Any thread uses it. */
final class SessionEnd {

    private volatile IOException reason;

    /** Returns why it has ended, null as long as it has not. */
    IOException reason() {
        return reason;
    }

    /** Ends it, unless it has ended; returns why it has. */
    IOException because(IOException cause) {
        if (reason == null) {
            reason = cause;
        }
        return reason;
    }

    /** Throws the reason of an end that another thread may have met. */
    void requireNone() throws IOException {
        if (reason != null) {
            throw new IOException(reason.getMessage(), reason);
        }
    }
}
