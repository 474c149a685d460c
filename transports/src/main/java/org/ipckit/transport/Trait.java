package org.ipckit.transport;

import java.util.Objects;

/**
 * A yes or no of the comparison table, with the footnote that makes it honest.
 *
 * @param holds the answer
 * @param note the footnote, empty if it needs none
 */
public record Trait(boolean holds, String note) {

    public Trait {
        Objects.requireNonNull(note, "note");
    }

    /** It holds. */
    public static Trait yes() {
        return new Trait(true, "");
    }

    /** It holds, with a footnote. */
    public static Trait yes(String note) {
        return new Trait(true, note);
    }

    /** It does not hold. */
    public static Trait no() {
        return new Trait(false, "");
    }

    /** It does not hold, with a footnote. */
    public static Trait no(String note) {
        return new Trait(false, note);
    }
}
