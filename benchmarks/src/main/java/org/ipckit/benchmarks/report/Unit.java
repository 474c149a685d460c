package org.ipckit.benchmarks.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** How a value is written. */
enum Unit {
    /** In nanoseconds, written in microseconds. */
    MICROS,
    /** In nanoseconds, written as they are. */
    NANOS,
    /** Of messages per second. */
    RATE,
    /** Of bytes. */
    BYTES,
    /** Of milliseconds in every second. */
    MILLIS_PER_SECOND;

    /** Writes the number alone, for a column that names the unit. */
    String number(double value) {
        return switch (this) {
            case MICROS -> significant(value / 1e3);
            case NANOS, BYTES, MILLIS_PER_SECOND -> significant(value);
            case RATE -> value >= 1e6 ? significant(value / 1e6) + " M" : significant(value / 1e3) + " k";
        };
    }

    /** Writes the number with its unit, where it stands alone. */
    String text(double value) {
        return switch (this) {
            case MICROS, NANOS -> time(value);
            case RATE -> value < 1e3 ? significant(value) + "/s" : number(value) + "/s";
            case BYTES -> number(value) + " B";
            case MILLIS_PER_SECOND -> number(value) + " ms/s";
        };
    }

    /** Writes a round number with its unit, as short as it goes. */
    String tick(double value) {
        return text(value).replace(".00", "").replace(".0", "");
    }

    private static String time(double nanos) {
        if (nanos < 999.5) {
            return significant(nanos) + " ns";
        }
        if (nanos < 999.5e3) {
            return significant(nanos / 1e3) + " us";
        }
        return nanos < 999.5e6 ? significant(nanos / 1e6) + " ms" : significant(nanos / 1e9) + " s";
    }

    /** Three digits: more would be noise. */
    static String significant(double value) {
        int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Writes how many times another number one is; nothing where that is not known. */
    static String ratio(OptionalDouble times) {
        return times.isPresent() ? String.format(Locale.ROOT, "%.2f", times.getAsDouble()) : "";
    }

    /** Writes a size as people say it: 64 B, 1 KiB. */
    static String size(long bytes) {
        if (bytes >= 1 << 20 && bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        return bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " B";
    }
}
