package org.ipckit.sockets.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Message;

/** Writes one pickle, byte for byte as Python's own pickler would for the same objects. */
final class PickleWriter {

    /** So many items go with one instruction, as in Python. */
    private static final int BATCH = 1000;

    private static final Opcode[] WITH_OPCODE = {Opcode.TUPLE1, Opcode.TUPLE2, Opcode.TUPLE3};
    private static final int SHORT = 0xff;

    private final PickleOutput out = new PickleOutput();

    /** By identity, as Python has it: what was written once is referred to by its number. */
    private final IdentityHashMap<Object, Integer> memo = new IdentityHashMap<>();

    private final Set<Object> unfinished = Collections.newSetFromMap(new IdentityHashMap<>());
    private int memoized;
    private int values;

    ByteBuffer write(Object value) {
        put(value);
        out.put(Opcode.STOP);
        return out.finished();
    }

    private void put(Object value) {
        if (++values > Pickle.MAX_VALUES) {
            throw refusal(value, "more than " + Pickle.MAX_VALUES + " values");
        }
        if (value == null) {
            out.put(Opcode.NONE);
        } else if (value instanceof Boolean truth) {
            out.put(truth ? Opcode.NEWTRUE : Opcode.NEWFALSE);
        } else if (value instanceof Number number) {
            putNumber(number);
        } else if (memo.containsKey(value)) {
            putAgain(value);
        } else {
            putNew(value);
        }
    }

    private void putNew(Object value) {
        if (value instanceof String text) {
            putSized(Opcode.SHORT_BINUNICODE, Opcode.BINUNICODE, PickleText.utf8(text));
            memoize(value);
        } else if (value instanceof Message bytes) {
            putBytes(value, bytes.toByteArray());
        } else if (value instanceof byte[] bytes) {
            putBytes(value, bytes);
        } else if (value instanceof ByteBuffer bytes) {
            putByteArray(bytes);
        } else {
            putContainer(value);
        }
    }

    // ---------------------------------------------------------------- numbers

    private void putNumber(Number number) {
        if (number instanceof Double || number instanceof Float) {
            out.put(Opcode.BINFLOAT).bigEndianDouble(number.doubleValue());
        } else if (number instanceof BigInteger big && big.bitLength() >= Integer.SIZE) {
            putLarge(big);
        } else if (number instanceof Long large && large != large.intValue()) {
            putLarge(BigInteger.valueOf(large));
        } else if (number instanceof Integer
                || number instanceof Long
                || number instanceof BigInteger
                || number instanceof Short
                || number instanceof Byte) {
            putSmall(number.intValue());
        } else {
            throw unknown(number);
        }
    }

    private void putSmall(int value) {
        if (value < 0 || value > 0xffff) {
            out.put(Opcode.BININT).i4(value);
        } else if (value > SHORT) {
            out.put(Opcode.BININT2).u2(value);
        } else {
            out.put(Opcode.BININT1).u1(value);
        }
    }

    private void putLarge(BigInteger value) {
        byte[] bytes = value.toByteArray();
        if (bytes.length <= SHORT) {
            out.put(Opcode.LONG1).u1(bytes.length);
        } else {
            out.put(Opcode.LONG4).i4(bytes.length);
        }
        for (int at = bytes.length - 1; at >= 0; at--) {
            out.u1(bytes[at]);
        }
    }

    // ---------------------------------------------------------------- text and bytes

    private void putSized(Opcode small, Opcode large, byte[] body) {
        if (body.length <= SHORT) {
            out.put(small).u1(body.length);
        } else {
            out.put(large).i4(body.length);
        }
        out.put(body);
    }

    private void putBytes(Object value, byte[] bytes) {
        putSized(Opcode.SHORT_BINBYTES, Opcode.BINBYTES, bytes);
        memoize(value);
    }

    /** Protocol 4 has no opcode for it: Python is asked to call its own function bytearray. */
    private void putByteArray(ByteBuffer value) {
        if (memo.containsKey(PlainFunction.BYTEARRAY)) {
            putAgain(PlainFunction.BYTEARRAY);
        } else {
            putNew("builtins");
            putNew("bytearray");
            out.put(Opcode.STACK_GLOBAL);
            memoize(PlainFunction.BYTEARRAY);
        }
        putContainer(value.hasRemaining() ? Tuple.of(Message.copyOf(value)) : Tuple.of());
        out.put(Opcode.REDUCE);
        memoize(value);
    }

    private void memoize(Object value) {
        memo.put(value, memoized++);
        out.put(Opcode.MEMOIZE);
    }

    private void putAgain(Object value) {
        if (unfinished.contains(value)) {
            throw refusal(value, "it contains itself");
        }
        int index = memo.get(value);
        if (index <= SHORT) {
            out.put(Opcode.BINGET).u1(index);
        } else {
            out.put(Opcode.LONG_BINGET).i4(index);
        }
    }

    // ---------------------------------------------------------------- containers

    private void putContainer(Object value) {
        if (!unfinished.add(value)) {
            throw refusal(value, "it contains itself");
        }
        if (unfinished.size() > Pickle.MAX_DEPTH) {
            throw refusal(value, "more than " + Pickle.MAX_DEPTH + " levels");
        }
        if (value instanceof List<?> list) {
            out.put(Opcode.EMPTY_LIST);
            memoize(list);
            putItems(list, Opcode.APPEND, Opcode.APPENDS);
        } else if (value instanceof Map<?, ?> map) {
            out.put(Opcode.EMPTY_DICT);
            memoize(map);
            putEntries(map);
        } else if (value instanceof Tuple tuple) {
            putTuple(tuple);
        } else if (value instanceof Set<?> set) {
            out.put(Opcode.EMPTY_SET);
            memoize(set);
            set.forEach(PickleWriter::requireKey);
            putItems(set, null, Opcode.ADDITEMS);
        } else if (value instanceof FrozenSet set) {
            out.put(Opcode.MARK);
            set.items().forEach(PickleWriter::requireKey);
            set.items().forEach(this::put);
            out.put(Opcode.FROZENSET);
            memoize(set);
        } else {
            throw unknown(value);
        }
        unfinished.remove(value);
    }

    /** @param single the instruction for a single item, null if there is none */
    private void putItems(Collection<?> items, Opcode single, Opcode many) {
        Iterator<?> each = items.iterator();
        if (items.size() == 1 && single != null) {
            put(each.next());
            out.put(single);
            return;
        }
        while (each.hasNext()) {
            out.put(Opcode.MARK);
            for (int count = 0; count < BATCH && each.hasNext(); count++) {
                put(each.next());
            }
            out.put(many);
        }
    }

    private void putEntries(Map<?, ?> map) {
        Iterator<? extends Map.Entry<?, ?>> each = map.entrySet().iterator();
        if (map.size() == 1) {
            putEntry(each.next());
            out.put(Opcode.SETITEM);
            return;
        }
        while (each.hasNext()) {
            out.put(Opcode.MARK);
            for (int count = 0; count < BATCH && each.hasNext(); count++) {
                putEntry(each.next());
            }
            out.put(Opcode.SETITEMS);
        }
    }

    private void putEntry(Map.Entry<?, ?> entry) {
        requireKey(entry.getKey());
        put(entry.getKey());
        put(entry.getValue());
    }

    private void putTuple(Tuple tuple) {
        int size = tuple.items().size();
        if (size == 0) {
            out.put(Opcode.EMPTY_TUPLE);
            return;
        }
        if (size > WITH_OPCODE.length) {
            out.put(Opcode.MARK);
        }
        tuple.items().forEach(this::put);
        out.put(size > WITH_OPCODE.length ? Opcode.TUPLE : WITH_OPCODE[size - 1]);
        memoize(tuple);
    }

    private static void requireKey(Object key) {
        if (key instanceof List || key instanceof Map || key instanceof Set || key instanceof ByteBuffer) {
            throw refusal(
                    key, "Python takes it neither as a key nor as an item of a set; a Tuple or a FrozenSet can be");
        }
        if (key instanceof Tuple tuple) {
            tuple.items().forEach(PickleWriter::requireKey);
        }
    }

    // ---------------------------------------------------------------- refusals

    private static CodecException unknown(Object value) {
        return refusal(
                value,
                "there is no plain value of Python for it; there is for null, Boolean, Byte, Short, Integer, Long,"
                        + " BigInteger, Float, Double, String, Message, byte[], ByteBuffer, List, Tuple, Map, Set and"
                        + " FrozenSet");
    }

    private static CodecException refusal(Object value, String reason) {
        return new CodecException(
                "encode a " + (value == null ? "null" : value.getClass().getTypeName()) + " as a pickle: " + reason);
    }
}
