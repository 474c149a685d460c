package org.ipckit.sockets.pickle;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Python's frozenset: a set that never changes, and so may be a key.
 *
 * @param items what is in it, null for None
 */
public record FrozenSet(Set<Object> items) {

    /** Copies the items. */
    public FrozenSet(Set<Object> items) {
        // Set.copyOf takes no null.
        this.items = Collections.unmodifiableSet(new LinkedHashSet<>(items));
    }

    /** Returns the frozenset of these. */
    public static FrozenSet of(Object... items) {
        return new FrozenSet(new LinkedHashSet<>(Arrays.asList(items)));
    }
}
