package org.ipckit.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Says how far a long transfer is, every two seconds; of a short one nothing. One thread uses it. */
final class Progress {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private final Terminal terminal;
    private final String verb;
    private final long totalBytes;
    private final LongSupplier nanoTime;
    private final long begun;
    private long said;
    private long bytes;
    private long messages;

    /**
     * Begins now.
     *
     * @param verb what was done with the bytes: "sent"
     * @param totalBytes how many there will be, negative if nobody knows
     */
    Progress(Terminal terminal, String verb, long totalBytes, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.verb = verb;
        this.totalBytes = totalBytes;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        this.said = begun;
    }

    /** Counts one more message. */
    void add(int messageBytes) {
        bytes += messageBytes;
        messages++;
        long now = nanoTime.getAsLong();
        if (now - said >= INTERVAL_NANOS) {
            said = now;
            terminal.tell(verb + " " + size(bytes) + (totalBytes > 0 ? " of " + size(totalBytes) : "") + ", "
                    + size(rate(now)) + "/s");
        }
    }

    /** Says what it came to, if anything was said before. */
    void end() {
        if (said != begun) {
            long now = nanoTime.getAsLong();
            terminal.tell(verb + " " + this + " in " + TimeUnit.NANOSECONDS.toSeconds(now - begun) + " s, "
                    + size(rate(now)) + "/s");
        }
    }

    private long rate(long now) {
        return (long) (bytes / Math.max(1e-9, (now - begun) / 1e9));
    }

    private static String size(long count) {
        int unit = 0;
        double value = count;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }

    /** Returns what has gone so far, exactly. */
    @Override
    public String toString() {
        return bytes + " bytes in " + messages + (messages == 1 ? " message" : " messages");
    }
}
