package org.ipckit.cli;

import java.time.Duration;

/** Counts the messages of all clients, and how long none has come. Any thread may use it. */
final class Tally {

    private final long most;
    private long begun;
    private long finished;
    private long idleSinceNanos = System.nanoTime();

    /** Counts to at most this. */
    Tally(long most) {
        this.most = most;
    }

    /** Begins with a message; false if there have been enough, and then it is none of ours. */
    synchronized boolean begin() {
        if (begun == most) {
            return false;
        }
        begun++;
        return true;
    }

    /** Finishes with a message; true if it was the last. */
    synchronized boolean finish() {
        finished++;
        idleSinceNanos = System.nanoTime();
        return finished == most;
    }

    synchronized long count() {
        return finished;
    }

    /** Returns what is left of the time during which nothing may come, zero or less if it is over. */
    synchronized Duration left(Duration timeout) {
        return begun > finished ? timeout : timeout.minusNanos(System.nanoTime() - idleSinceNanos);
    }
}
