package org.ipckit.sockets.pickle;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A container that is being read, and what decides where it may be put. It is complete once it was put somewhere or asked
 * for again, and nothing goes into it any more: so no value contains itself, and its depth and its number of values are
 * known when it is used.
 */
final class Built {

    private final Object container;
    private final boolean immutable;
    private List<Object> parts = List.of();
    private boolean onlyKeys = true;
    private boolean complete;
    private int depth = 1;
    private long values = 1;

    /** Begins an empty container. */
    Built(Object container) {
        this(container, false);
    }

    private Built(Object container, boolean immutable) {
        this.container = container;
        this.immutable = immutable;
    }

    /** Returns the same items in another container. */
    Built as(Object other) {
        Built built = new Built(other, other instanceof Tuple || other instanceof FrozenSet);
        built.onlyKeys = onlyKeys;
        built.depth = depth;
        built.values = values;
        return built;
    }

    /** Keeps the items as they were on the stack, for a tuple that a function may be called with. */
    Built withParts(List<Object> items) {
        parts = items;
        return this;
    }

    List<Object> parts() {
        return parts;
    }

    /** Returns whether all that is in it could be in a set. */
    boolean hasOnlyKeys() {
        return onlyKeys;
    }

    Object container() {
        return container;
    }

    boolean isComplete() {
        return complete;
    }

    void complete() {
        complete = true;
    }

    int depth() {
        return depth;
    }

    /** Returns how many values it is and has, each as often as it is contained. */
    long values() {
        return values;
    }

    /** Takes account of an item before it is put in. */
    void count(Object item) {
        onlyKeys = onlyKeys && isKey(item);
        if (item instanceof Built inner) {
            inner.complete();
            values += inner.values;
            depth = Math.max(depth, inner.depth + 1);
        } else {
            values++;
        }
    }

    /** Returns whether Python takes the item as a key of a dict and as an item of a set. */
    static boolean isKey(Object item) {
        return item instanceof Built built ? built.immutable && built.onlyKeys : !(item instanceof ByteBuffer);
    }

    /** Returns the item as those get it who asked for the value. */
    static Object plain(Object item) {
        return item instanceof Built built ? built.container : item;
    }
}
