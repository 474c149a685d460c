package org.ipckit.benchmarks;

/**
 * A line of the comparison; its name and its size together tell it from others.
 *
 * @param name what the table and {@code --only} call it
 * @param limit the name of the row of the program in C, of the same size, whose figures are its limit; null if there is
 *     none
 * @param raw the name of the row that does the same without our API; null if there is none
 * @param sizeBytes of its messages
 */
public record Row(String name, Contender.Group group, String limit, String raw, int sizeBytes) {

    /** Before the name of a mechanism of the program in C. */
    public static final String LIMIT_PREFIX = "c-";

    /** Makes a row of messages of the usual size. */
    public Row(String name, Contender.Group group, String limit, String raw) {
        this(name, group, limit, raw, BenchmarkSettings.DEFAULT_SIZE);
    }

    /** Returns the row of a contender with messages of the usual size. */
    static Row of(Contender contender) {
        return of(contender, BenchmarkSettings.DEFAULT_SIZE);
    }

    /** Returns the row of a contender. */
    static Row of(Contender contender, int sizeBytes) {
        return new Row(
                contender.name(),
                contender.group(),
                contender
                        .limit()
                        .filter(mechanism -> LimitRun.carries(mechanism, sizeBytes))
                        .map(mechanism -> LIMIT_PREFIX + mechanism)
                        .orElse(null),
                contender.raw().orElse(null),
                sizeBytes);
    }

    /** Returns the row of a mechanism of the program in C with messages of the usual size. */
    public static Row ofLimit(String mechanism) {
        return ofLimit(mechanism, BenchmarkSettings.DEFAULT_SIZE);
    }

    static Row ofLimit(String mechanism, int sizeBytes) {
        return new Row(LIMIT_PREFIX + mechanism, Contender.Group.LIMIT, null, null, sizeBytes);
    }

    /** Returns the mechanism of the program in C, for a row of that. */
    String mechanism() {
        return name.substring(LIMIT_PREFIX.length());
    }

    /** Returns the name, with the size behind it if that is not the usual one. */
    String label() {
        return sizeBytes == BenchmarkSettings.DEFAULT_SIZE ? name : name + " " + Sizes.text(sizeBytes);
    }
}
