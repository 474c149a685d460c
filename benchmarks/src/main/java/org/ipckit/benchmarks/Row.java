package org.ipckit.benchmarks;

/**
 * A line of the comparison.
 *
 * @param name what the table calls it: the name that {@code --only} takes, with the size behind it where there are several
 * @param limit the name of the row of the program in C whose figures are its limit; null if there is none
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

    /** Returns the row of a contender in a comparison of one size. */
    static Row of(Contender contender) {
        return of(contender, BenchmarkSettings.DEFAULT_SIZE, false);
    }

    /**
     * Returns the row of a contender.
     *
     * @param several true if there are rows of other sizes beside it
     */
    static Row of(Contender contender, int sizeBytes, boolean several) {
        String behind = behind(sizeBytes, several);
        return new Row(
                contender.name() + behind,
                contender.group(),
                contender
                        .limit()
                        .filter(mechanism -> LimitRun.carries(mechanism, sizeBytes))
                        .map(mechanism -> LIMIT_PREFIX + mechanism + behind)
                        .orElse(null),
                contender.raw().map(raw -> raw + behind).orElse(null),
                sizeBytes);
    }

    /** Returns the row of a mechanism of the program in C. */
    public static Row ofLimit(String mechanism) {
        return ofLimit(mechanism, BenchmarkSettings.DEFAULT_SIZE, false);
    }

    static Row ofLimit(String mechanism, int sizeBytes, boolean several) {
        return new Row(
                LIMIT_PREFIX + mechanism + behind(sizeBytes, several), Contender.Group.LIMIT, null, null, sizeBytes);
    }

    private static String behind(int sizeBytes, boolean several) {
        return several ? " " + Sizes.text(sizeBytes) : "";
    }

    /** Returns the name without the size that stands behind it where there are several. */
    public String plainName() {
        return plain(name);
    }

    /** Takes the size off a name of a row. */
    public static String plain(String name) {
        return name.split(" ", 2)[0];
    }

    /** Returns the mechanism of the program in C, for a row of that. */
    String mechanism() {
        return plainName().substring(LIMIT_PREFIX.length());
    }
}
