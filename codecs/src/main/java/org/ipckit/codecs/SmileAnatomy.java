package org.ipckit.codecs;

import static org.ipckit.codecs.Dissection.count;
import static org.ipckit.codecs.Dissection.quoted;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What each byte of a Smile value is for. The same byte means one thing as a value and another as a name. */
final class SmileAnatomy {

    private static final int HEADER = 0x3a290a; // ":)" and a line feed
    private static final int SHARED_NAMES = 1;
    private static final int SHARED_TEXTS = 2;
    private static final int RAW_BYTES = 4;
    private static final int MOST_NAMES = 1024;
    private static final int LONGEST_SHARED = 64;
    private static final int END_OF_TEXT = 0xfc;
    private static final int END_OF_LIST = 0xf9;
    private static final int END_OF_OBJECT = 0xfb;

    private final Dissection parts;
    private final LimitedInput input;
    private final List<String> names = new ArrayList<>();
    private boolean namesAreShared;

    private SmileAnatomy(ByteBuffer bytes) {
        parts = new Dissection(bytes);
        input = parts.input;
    }

    static List<Piece> of(ByteBuffer bytes) {
        SmileAnatomy anatomy = new SmileAnatomy(bytes);
        anatomy.header();
        anatomy.value(anatomy.input.unsignedByte());
        return anatomy.parts.end();
    }

    /** Returns what a value is that begins with this byte. */
    static String meaningOf(int first) {
        int low = first & 0x1f;
        return switch (first >> 5) {
            case 0 -> low == 0 ? "nothing: it is reserved" : "a reference to shared text " + (low - 1);
            case 1 -> simple(first);
            case 2 -> "a short ASCII text of " + count(low + 1, "byte");
            case 3 -> "a short ASCII text of " + count(low + 33, "byte");
            case 4 -> "a short text of " + count(low + 2, "byte");
            case 5 -> "a short text of " + count(low + 34, "byte");
            case 6 -> "the whole number " + zigZag(low);
            default -> structural(first);
        };
    }

    /** Returns what a field's name is that begins with this byte. */
    static String meaningOfName(int first) {
        if (first == 0x20) {
            return "the empty name";
        } else if (first >= 0x30 && first <= 0x33) {
            return "a reference to a shared name, its number in this byte and the next";
        } else if (first == 0x34) {
            return "a long name, up to 0xfc";
        } else if (first >= 0x40 && first <= 0x7f) {
            return "a reference to shared name " + (first - 0x40);
        } else if (first >= 0x80 && first <= 0xbf) {
            return "a short ASCII name of " + count(first - 0x80 + 1, "byte");
        } else if (first >= 0xc0 && first <= 0xf7) {
            return "a short name of " + count(first - 0xc0 + 2, "byte");
        }
        return first == END_OF_OBJECT ? "the end of the object" : "nothing: it is reserved";
    }

    private static String simple(int first) {
        return switch (first) {
            case 0x20 -> "the empty text";
            case 0x21 -> "null";
            case 0x22 -> "false";
            case 0x23 -> "true";
            case 0x24 -> "a whole number of up to 32 bits, in bytes of 7 bits";
            case 0x25 -> "a whole number of up to 64 bits, in bytes of 7 bits";
            case 0x26 -> "a larger whole number, in bytes of 7 bits";
            case 0x28 -> "a float of 32 bits, in bytes of 7 bits";
            case 0x29 -> "a float of 64 bits, in bytes of 7 bits";
            case 0x2a -> "a decimal, in bytes of 7 bits";
            case 0x3a -> "the header: ':', and ')' and a line feed follow";
            default -> "nothing: it is reserved";
        };
    }

    private static String structural(int first) {
        return switch (first) {
            case 0xe0 -> "a long ASCII text, up to 0xfc";
            case 0xe4 -> "a long text, up to 0xfc";
            case 0xe8 -> "bytes, in bytes of 7 bits";
            case 0xec, 0xed, 0xee, 0xef -> "a reference to a shared text, its number in this byte and the next";
            case 0xf8 -> "a list begins";
            case END_OF_LIST -> "the end of the list";
            case 0xfa -> "an object begins";
            case END_OF_OBJECT -> "nothing: only where a name can be it ends the object";
            case END_OF_TEXT -> "the end of a long text";
            case 0xfd -> "bytes as they are";
            case 0xff -> "the end of all values";
            default -> "nothing: it is reserved";
        };
    }

    private void header() {
        int three = (input.unsignedByte() << 16) | (input.int16() & 0xffff);
        if (three != HEADER) {
            throw input.refusal("does not begin with ':)' and a line feed");
        }
        parts.piece("header \":)\" and a line feed");
        int flags = input.unsignedByte();
        namesAreShared = (flags & SHARED_NAMES) != 0;
        parts.piece("version " + (flags >> 4) + (namesAreShared ? ", shared names" : "")
                + ((flags & SHARED_TEXTS) != 0 ? ", shared texts" : "")
                + ((flags & RAW_BYTES) != 0 ? ", raw bytes" : ""));
    }

    private void value(int first) {
        int low = first & 0x1f;
        switch (first >> 5) {
            case 1 -> number(first);
            case 2 -> text(low + 1);
            case 3 -> text(low + 33);
            case 4 -> text(low + 2);
            case 5 -> text(low + 34);
            case 6 -> parts.piece("whole number " + zigZag(low));
            case 7 -> structure(first);
            default -> parts.piece(meaningOf(first));
        }
    }

    private void number(int first) {
        switch (first) {
            case 0x24, 0x25 -> parts.piece("whole number " + zigZag(natural()));
            case 0x26 -> {
                long size = sevenBits();
                parts.piece("large whole number of " + count(size, "byte"));
            }
            case 0x28 -> parts.piece("float " + Float.intBitsToFloat((int) fixed(5)) + ", 32 bits");
            case 0x29 -> parts.piece("float " + Double.longBitsToDouble(fixed(10)) + ", 64 bits");
            case 0x2a -> {
                long scale = zigZag(natural());
                parts.piece("decimal of scale " + scale + ", " + count(sevenBits(), "byte"));
            }
            default -> parts.piece(meaningOf(first));
        }
    }

    private void structure(int first) {
        switch (first) {
            case 0xe0, 0xe4 -> {
                String text = upToEnd();
                parts.piece("long text: " + quoted(text));
            }
            case 0xe8 -> parts.piece(count(sevenBits(), "byte") + " in bytes of 7 bits");
            case 0xec, 0xed, 0xee, 0xef -> {
                int number = ((first & 3) << 8) | input.unsignedByte();
                parts.piece("shared text " + number);
            }
            case 0xf8 -> list();
            case 0xfa -> object();
            case 0xfd -> {
                long size = natural();
                input.bytes(size);
                parts.piece(count(size, "byte") + " as they are");
            }
            default -> throw input.refusal(String.format("0x%02x begins no value", first));
        }
    }

    private void list() {
        parts.piece("list, until its end");
        parts.enter();
        for (int next = input.unsignedByte(); next != END_OF_LIST; next = input.unsignedByte()) {
            value(next);
        }
        parts.leave();
        parts.piece("end of the list");
    }

    private void object() {
        parts.piece("object, until its end");
        parts.enter();
        for (int next = input.unsignedByte(); next != END_OF_OBJECT; next = input.unsignedByte()) {
            name(next);
            value(input.unsignedByte());
        }
        parts.leave();
        parts.piece("end of the object");
    }

    private void name(int first) {
        if (first == 0x20) {
            parts.piece("name \"\"");
        } else if (first >= 0x30 && first <= 0x33) {
            reference(((first & 3) << 8) | input.unsignedByte());
        } else if (first == 0x34) {
            named(upToEnd());
        } else if (first >= 0x40 && first <= 0x7f) {
            reference(first - 0x40);
        } else if (first >= 0x80 && first <= 0xbf) {
            shared(input.utf8(first - 0x80 + 1));
        } else if (first >= 0xc0 && first <= 0xf7) {
            shared(input.utf8(first - 0xc0 + 2));
        } else {
            throw input.refusal(String.format("0x%02x begins no name", first));
        }
    }

    private void shared(String name) {
        if (namesAreShared && LimitedOutput.utf8Length(name) <= LONGEST_SHARED) {
            if (names.size() == MOST_NAMES) {
                names.clear();
            }
            names.add(name);
        }
        named(name);
    }

    private void named(String name) {
        parts.piece("name " + quoted(name));
    }

    private void reference(int number) {
        if (number >= names.size()) {
            throw input.refusal("refers to name " + number + " of " + names.size());
        }
        parts.piece("name " + number + " again: " + quoted(names.get(number)));
    }

    private void text(int size) {
        String text = input.utf8(size);
        parts.piece("text of " + count(size, "byte") + ": " + quoted(text));
    }

    private String upToEnd() {
        return input.utf8UpTo(END_OF_TEXT);
    }

    /** Reads a size and that many bytes, each of which has seven bits of the content. */
    private long sevenBits() {
        long size = natural();
        input.bytes((size * 8 + 6) / 7);
        return size;
    }

    /** Reads a number in bytes of 7 bits, the last of which has 6 and the sign that it is the last. */
    private long natural() {
        long value = 0;
        for (int bytes = 0; bytes < 10; bytes++) {
            int next = input.unsignedByte();
            if (next >= 0x80) {
                return (value << 6) | (next & 0x3f);
            }
            value = (value << 7) | next;
        }
        throw input.refusal("a number of more than 64 bits");
    }

    private long fixed(int bytes) {
        long value = 0;
        for (int left = bytes; left > 0; left--) {
            value = (value << 7) | input.unsignedByte();
        }
        return value;
    }

    private static long zigZag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }
}
