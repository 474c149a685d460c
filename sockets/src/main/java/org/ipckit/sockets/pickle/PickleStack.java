package org.ipckit.sockets.pickle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ipckit.transport.CodecException;

/** The values that a pickle has made and not yet put into another, with its marks; keeps the limits of {@link Pickle}. */
final class PickleStack {

    /** Beside the values themselves: functions, and what they are called with. */
    private static final int SPARE = 10 * Pickle.MAX_DEPTH;

    /** The most that a function for plain values is called with. */
    private static final int MOST_ARGUMENTS = 2;

    private final PickleInput in;
    private final List<Object> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private int alive;

    PickleStack(PickleInput in) {
        this.in = in;
    }

    void push(Object value) {
        if (++alive > Pickle.MAX_VALUES + SPARE) {
            throw tooMany();
        }
        values.add(value);
    }

    void mark() {
        if (marks.size() > Pickle.MAX_DEPTH) {
            throw in.refusal("more than " + Pickle.MAX_DEPTH + " levels");
        }
        marks.add(values.size());
    }

    Object top() {
        requireAboveMark(1);
        return values.get(values.size() - 1);
    }

    Object pop() {
        requireAboveMark(1);
        return values.remove(values.size() - 1);
    }

    /** Takes the last values off. */
    List<Object> pop(int count) {
        requireAboveMark(count);
        List<Object> last = values.subList(values.size() - count, values.size());
        List<Object> taken = new ArrayList<>(last);
        last.clear();
        return taken;
    }

    /** Takes off what was pushed since the last mark, and the mark. */
    List<Object> popToMark() {
        if (marks.isEmpty()) {
            throw in.refusal("there is no mark");
        }
        List<Object> taken = pop(values.size() - marks.get(marks.size() - 1));
        marks.remove(marks.size() - 1);
        return taken;
    }

    /** Returns the only value that is left. */
    Object last() {
        if (values.size() != 1 || !marks.isEmpty()) {
            throw in.refusal(values.size() + " values and " + marks.size() + " marks are left, expected one value");
        }
        requireValue(values.get(0));
        return Built.plain(values.get(0));
    }

    /** Told of values that were taken off and are gone for good. */
    void released(int count) {
        alive -= count;
    }

    private void requireAboveMark(int count) {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (values.size() - count < floor) {
            throw in.refusal("it needs " + count + " values, and there are " + (values.size() - floor));
        }
    }

    // ---------------------------------------------------------------- containers

    void pushList(List<Object> items) {
        push(filled(new Built(new ArrayList<>()), items));
    }

    void pushSet(List<Object> items) {
        push(filled(new Built(new LinkedHashSet<>()), items));
    }

    void pushDict(List<Object> keysAndValues) {
        push(filled(new Built(new LinkedHashMap<>()), keysAndValues));
    }

    void pushTuple(List<Object> items) {
        List<Object> list = new ArrayList<>(items.size());
        Built tuple = filled(new Built(list), items).as(new Tuple(list));
        push(items.size() <= MOST_ARGUMENTS ? tuple.withParts(items) : tuple);
    }

    void pushFrozenSet(List<Object> items) {
        Set<Object> set = new LinkedHashSet<>();
        push(filled(new Built(set), items).as(new FrozenSet(set)));
    }

    /** Pushes the set, or frozenset, of the items of a list. */
    void pushSetOf(Object list, boolean frozen) {
        if (!(list instanceof Built built) || !(built.container() instanceof List<?> items)) {
            throw in.refusal("a set is made of a list");
        }
        if (!built.hasOnlyKeys()) {
            throw noKey();
        }
        Set<Object> set = new LinkedHashSet<>(items);
        push(built.as(frozen ? new FrozenSet(set) : set));
    }

    /** Puts the items into the container on top, which must be of this kind. */
    void fillTop(Class<?> kind, List<Object> items) {
        if (!(top() instanceof Built built) || !kind.isInstance(built.container())) {
            throw in.refusal("what it would put something into is no " + kind.getSimpleName());
        }
        if (built.isComplete()) {
            throw in.refusal("it would change what was used already: a value that contains itself");
        }
        filled(built, items);
    }

    private Built filled(Built built, List<Object> items) {
        if (built.container() instanceof Map) {
            putAll(built, items);
        } else {
            addAll(built, items);
        }
        return built;
    }

    private void putAll(Built built, List<Object> keysAndValues) {
        if (keysAndValues.size() % 2 != 0) {
            throw in.refusal("a key has no value");
        }
        Map<Object, Object> dict = cast(built.container());
        for (Iterator<Object> each = keysAndValues.iterator(); each.hasNext(); ) {
            Object key = counted(built, requireKey(each.next()));
            dict.put(key, counted(built, each.next()));
        }
    }

    private void addAll(Built built, List<Object> items) {
        Collection<Object> collection = cast(built.container());
        for (Object item : items) {
            collection.add(counted(built, collection instanceof Set ? requireKey(item) : item));
        }
    }

    // The container was made here, of this kind.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T> T cast(Object container) {
        return (T) container;
    }

    /** Returns what is to be put in, within the limits: before it is hashed, which takes time for all in it. */
    private Object counted(Built built, Object item) {
        requireValue(item);
        built.count(item);
        if (built.depth() > Pickle.MAX_DEPTH) {
            throw in.refusal("more than " + Pickle.MAX_DEPTH + " levels");
        }
        if (built.values() > Pickle.MAX_VALUES) {
            throw tooMany();
        }
        return Built.plain(item);
    }

    private Object requireKey(Object item) {
        if (!Built.isKey(item)) {
            throw noKey();
        }
        return item;
    }

    private CodecException noKey() {
        return in.refusal("a list, dict, set or bytearray is no key, and no item of a set");
    }

    private void requireValue(Object item) {
        if (item instanceof PlainFunction function) {
            throw in.refusal("the function " + function + " is no plain value");
        }
    }

    private CodecException tooMany() {
        return in.refusal("more than " + Pickle.MAX_VALUES + " values");
    }
}
