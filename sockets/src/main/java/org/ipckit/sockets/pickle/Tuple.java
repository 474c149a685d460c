package org.ipckit.sockets.pickle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Python's tuple: a list that never changes, and so may be a key.
 *
 * @param items what is in it, null for None
 */
public record Tuple(List<Object> items) {

    /** Copies the items. */
    public Tuple(List<Object> items) {
        // List.copyOf takes no null.
        this.items = Collections.unmodifiableList(new ArrayList<>(items));
    }

    /** Returns the tuple of these. */
    public static Tuple of(Object... items) {
        return new Tuple(Arrays.asList(items));
    }
}
