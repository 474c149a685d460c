package org.ipckit.sockets.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ipckit.transport.Message;

/** Follows the instructions of one pickle. What is not for plain values is refused before anything is done with it. */
final class PickleReader {

    private static final int NEWEST_PROTOCOL = 5;

    /** Python's own limit; more digits would take time out of proportion. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,4300}");

    private static final Pattern FLOAT =
            Pattern.compile("[+-]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,9})?");

    private final PickleInput in;
    private final PickleStack stack;
    private final Map<Integer, Object> memo = new HashMap<>();

    PickleReader(PickleInput in) {
        this.in = in;
        this.stack = new PickleStack(in);
    }

    Object read() {
        while (true) {
            Opcode opcode = Opcode.of(in.opcode());
            if (opcode == null) {
                throw in.refusal("there is no such opcode");
            }
            if (opcode == Opcode.STOP) {
                Object value = stack.last();
                if (in.remaining() > 0) {
                    throw in.refusal(in.remaining() + " bytes come after the end");
                }
                return value;
            }
            follow(opcode);
        }
    }

    private void follow(Opcode opcode) {
        switch (opcode) {
            case PROTO -> requireProtocol(in.u1());
            case FRAME -> in.require(in.i8());
            case MARK -> stack.mark();

            case NONE -> stack.push(null);
            case NEWTRUE -> stack.push(true);
            case NEWFALSE -> stack.push(false);
            case INT -> stack.push(intOrBool(in.line()));
            case BININT -> stack.push(in.i4());
            case BININT1 -> stack.push(in.u1());
            case BININT2 -> stack.push(in.u2());
            case LONG -> stack.push(decimal(withoutL(in.line())));
            case LONG1 -> stack.push(littleEndian(in.take(in.u1())));
            case LONG4 -> stack.push(littleEndian(in.take(in.i4())));
            case FLOAT -> stack.push(floating(in.line()));
            case BINFLOAT -> stack.push(in.bigEndianDouble());

            case STRING -> stack.push(python2(quoted(in.line())));
            case BINSTRING -> stack.push(python2(new String(in.take(in.i4()), ISO_8859_1)));
            case SHORT_BINSTRING -> stack.push(python2(new String(in.take(in.u1()), ISO_8859_1)));
            case UNICODE -> stack.push(escaped(in.line()));
            case BINUNICODE -> stack.push(text(in.take(in.u4())));
            case SHORT_BINUNICODE -> stack.push(text(in.take(in.u1())));
            case BINUNICODE8 -> stack.push(text(in.take(in.i8())));
            case BINBYTES -> stack.push(Message.of(in.take(in.u4())));
            case SHORT_BINBYTES -> stack.push(Message.of(in.take(in.u1())));
            case BINBYTES8 -> stack.push(Message.of(in.take(in.i8())));
            case BYTEARRAY8 -> stack.push(ByteBuffer.wrap(in.take(in.i8())));

            case EMPTY_LIST -> stack.pushList(List.of());
            case LIST -> stack.pushList(stack.popToMark());
            case APPEND -> stack.fillTop(List.class, stack.pop(1));
            case APPENDS -> stack.fillTop(List.class, stack.popToMark());
            case EMPTY_TUPLE -> stack.pushTuple(List.of());
            case TUPLE -> stack.pushTuple(stack.popToMark());
            case TUPLE1 -> stack.pushTuple(stack.pop(1));
            case TUPLE2 -> stack.pushTuple(stack.pop(2));
            case TUPLE3 -> stack.pushTuple(stack.pop(3));
            case EMPTY_DICT -> stack.pushDict(List.of());
            case DICT -> stack.pushDict(stack.popToMark());
            case SETITEM -> stack.fillTop(Map.class, stack.pop(2));
            case SETITEMS -> stack.fillTop(Map.class, stack.popToMark());
            case EMPTY_SET -> stack.pushSet(List.of());
            case ADDITEMS -> stack.fillTop(Set.class, stack.popToMark());
            case FROZENSET -> stack.pushFrozenSet(stack.popToMark());

            case GET -> get(index(in.line()));
            case BINGET -> get(in.u1());
            case LONG_BINGET -> get(in.i4());
            case PUT -> put(index(in.line()));
            case BINPUT -> put(in.u1());
            case LONG_BINPUT -> put(in.i4());
            case MEMOIZE -> put(memo.size());

            case GLOBAL -> stack.push(function(in.line(), in.line()));
            case STACK_GLOBAL -> stackGlobal();
            case REDUCE -> reduce();

            default -> throw in.refusal("refused, for it is not needed for plain values");
        }
    }

    private void requireProtocol(int protocol) {
        if (protocol > NEWEST_PROTOCOL) {
            throw in.refusal("protocol " + protocol + " is not known, the newest is " + NEWEST_PROTOCOL);
        }
    }

    // ---------------------------------------------------------------- numbers and text

    private Object intOrBool(String line) {
        return switch (line) {
            case "00" -> false;
            case "01" -> true;
            default -> decimal(line);
        };
    }

    private static String withoutL(String line) {
        return line.endsWith("L") ? line.substring(0, line.length() - 1) : line;
    }

    private Number decimal(String digits) {
        if (!DECIMAL.matcher(digits).matches()) {
            throw in.refusal("'" + PickleInput.shown(digits) + "' is no number of at most 4300 digits");
        }
        return smallest(new BigInteger(digits));
    }

    private static Number littleEndian(byte[] bytes) {
        for (int low = 0, high = bytes.length - 1; low < high; low++, high--) {
            byte swapped = bytes[low];
            bytes[low] = bytes[high];
            bytes[high] = swapped;
        }
        return smallest(bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
    }

    private static Number smallest(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return number.intValue();
        }
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    private Double floating(String line) {
        return switch (line) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (!FLOAT.matcher(line).matches()) {
                    throw in.refusal("'" + PickleInput.shown(line) + "' is no float");
                }
                yield Double.valueOf(line);
            }
        };
    }

    private String text(byte[] utf8) {
        try {
            return PickleText.ofUtf8(utf8);
        } catch (CharacterCodingException wrong) {
            throw in.refusal("a str is not UTF-8");
        }
    }

    private String escaped(String line) {
        try {
            return PickleText.ofEscapedUnicode(line);
        } catch (IllegalArgumentException wrong) {
            throw in.refusal("'" + PickleInput.shown(line) + "': " + wrong.getMessage());
        }
    }

    private String quoted(String line) {
        try {
            return PickleText.ofQuoted(line);
        } catch (IllegalArgumentException wrong) {
            throw in.refusal("'" + PickleInput.shown(line) + "': " + wrong.getMessage());
        }
    }

    /** Takes a str of Python 2 as Python 3 does: it is text if it is ASCII. */
    private String python2(String characters) {
        if (!US_ASCII.newEncoder().canEncode(characters)) {
            throw in.refusal("a str of Python 2 has bytes that are not ASCII");
        }
        return characters;
    }

    // ---------------------------------------------------------------- what was seen before

    private int index(String digits) {
        if (!digits.matches("\\d{1,9}")) {
            throw in.refusal("'" + PickleInput.shown(digits) + "' is no index");
        }
        return Integer.parseInt(digits);
    }

    private void put(int index) {
        memo.put(index, stack.top());
    }

    private void get(int index) {
        Object value = memo.get(index);
        if (value == null && !memo.containsKey(index)) {
            throw in.refusal("nothing was kept as number " + Integer.toUnsignedString(index));
        }
        if (value instanceof Built built) {
            built.complete();
        }
        stack.push(value);
    }

    // ---------------------------------------------------------------- what has no opcode

    private PlainFunction function(String module, String name) {
        PlainFunction function = PlainFunction.of(module, name);
        if (function == null) {
            throw in.refusal("refused: " + PickleInput.shown(module + "." + name)
                    + " is a class or a function, and only plain values are taken");
        }
        return function;
    }

    private void stackGlobal() {
        List<Object> names = stack.pop(2);
        if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
            throw in.refusal("a module and a name are expected, two str");
        }
        stack.push(function(module, name));
        stack.released(2);
    }

    private void reduce() {
        Object arguments = stack.pop();
        Object called = stack.pop();
        if (!(called instanceof PlainFunction function)
                || !(arguments instanceof Built tuple)
                || !(tuple.container() instanceof Tuple)) {
            throw in.refusal("refused: it would call what is none of Python's functions for plain values");
        }
        List<Object> items = tuple.parts();
        switch (function) {
            case SET -> pushSet(items, false);
            case FROZENSET -> pushSet(items, true);
            case BYTES, ENCODE -> stack.push(Message.of(bytes(items)));
            case BYTEARRAY -> stack.push(ByteBuffer.wrap(bytes(items)));
        }
        stack.released(2 + items.size());
    }

    private void pushSet(List<Object> arguments, boolean frozen) {
        if (arguments.size() != 1) {
            throw in.refusal("a set is made of a list");
        }
        stack.pushSetOf(arguments.get(0), frozen);
    }

    /** Returns the bytes that nothing, bytes, or text and the name of Latin-1 stand for. */
    private byte[] bytes(List<Object> arguments) {
        if (arguments.isEmpty()) {
            return new byte[0];
        }
        if (arguments.size() == 1 && arguments.get(0) instanceof Message bytes) {
            return bytes.toByteArray();
        }
        if (arguments.size() == 2
                && arguments.get(0) instanceof String text
                && (arguments.get(1).equals("latin1") || arguments.get(1).equals("latin-1"))
                && text.chars().allMatch(character -> character <= 0xff)) {
            return text.getBytes(ISO_8859_1);
        }
        throw in.refusal("bytes are made of bytes, or of text in latin1");
    }
}
