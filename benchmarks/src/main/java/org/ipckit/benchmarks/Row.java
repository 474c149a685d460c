package org.ipckit.benchmarks;

/**
 * A line of the comparison.
 *
 * @param name what the table and {@code --only} call it
 * @param limit the name of the row of the program in C whose figures are its limit; null if there is none
 * @param raw the name of the row that does the same without our API; null if there is none
 */
record Row(String name, Contender.Group group, String limit, String raw) {

    /** Before the name of a mechanism of the program in C. */
    static final String LIMIT_PREFIX = "c-";

    static Row of(Contender contender) {
        return new Row(
                contender.name(),
                contender.group(),
                contender.limit().map(mechanism -> LIMIT_PREFIX + mechanism).orElse(null),
                contender.raw().orElse(null));
    }

    static Row ofLimit(String mechanism) {
        return new Row(LIMIT_PREFIX + mechanism, Contender.Group.LIMIT, null, null);
    }

    /** Returns the mechanism of the program in C, for a row of that. */
    String mechanism() {
        return name.substring(LIMIT_PREFIX.length());
    }
}
