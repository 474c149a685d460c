package org.ipckit.benchmarks;

import java.util.Locale;

/** One of the two ends of a row. */
enum End {
    /** Connects, sends first, and measures. */
    NEAR(0x2545F4914F6CDD1DL),
    /** Listens and answers. */
    FAR(0x632BE59BD9B4E019L);

    private final long salt;

    End(long salt) {
        this.salt = salt;
    }

    /** Returns what tells the messages of one end from those of the other. */
    long salt() {
        return salt;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
