package org.ipckit.codecs;

import static org.ipckit.codecs.Dissection.count;
import static org.ipckit.codecs.Dissection.quoted;

import java.nio.ByteBuffer;
import java.util.List;

/** What each byte of a MessagePack value is for. */
final class MessagePackAnatomy {

    private static final String[] SIZED = {"", "1 byte that follows", "2 bytes that follow", "", "4 bytes that follow"};

    private final Dissection parts;
    private final LimitedInput input;

    private MessagePackAnatomy(ByteBuffer bytes) {
        parts = new Dissection(bytes);
        input = parts.input;
    }

    static List<Piece> of(ByteBuffer bytes) {
        MessagePackAnatomy anatomy = new MessagePackAnatomy(bytes);
        anatomy.value();
        return anatomy.parts.end();
    }

    /** Returns what a value is that begins with this byte. */
    static String meaningOf(int first) {
        if (first <= 0x7f) {
            return "the whole number " + first + " (positive fixint)";
        } else if (first <= 0x8f) {
            return "a map of " + count(first & 0x0f, "entry") + " (fixmap)";
        } else if (first <= 0x9f) {
            return "a list of " + count(first & 0x0f, "element") + " (fixarray)";
        } else if (first <= 0xbf) {
            return "a text of " + count(first & 0x1f, "byte") + " (fixstr)";
        } else if (first >= 0xe0) {
            return "the whole number " + (byte) first + " (negative fixint)";
        }
        return switch (first) {
            case 0xc0 -> "nil";
            case 0xc1 -> "nothing: it is never used";
            case 0xc2 -> "false";
            case 0xc3 -> "true";
            case 0xc4, 0xc5, 0xc6 -> "bytes, their number in the " + SIZED[1 << (first - 0xc4)];
            case 0xc7, 0xc8, 0xc9 -> "an extension, its size in the " + SIZED[1 << (first - 0xc7)];
            case 0xca -> "a float of 32 bits";
            case 0xcb -> "a float of 64 bits";
            case 0xcc, 0xcd, 0xce, 0xcf -> "a whole number of " + (8 << (first - 0xcc)) + " bits, unsigned";
            case 0xd0, 0xd1, 0xd2, 0xd3 -> "a whole number of " + (8 << (first - 0xd0)) + " bits, signed";
            case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> "an extension of " + count(1L << (first - 0xd4), "byte");
            case 0xd9, 0xda, 0xdb -> "a text, its size in the " + SIZED[1 << (first - 0xd9)];
            case 0xdc, 0xdd -> "a list, its size in the " + SIZED[2 << (first - 0xdc)];
            default -> "a map, its size in the " + SIZED[2 << (first - 0xde)];
        };
    }

    private void value() {
        int first = input.unsignedByte();
        if (first <= 0x7f || first >= 0xe0) {
            parts.piece("whole number " + (byte) first);
        } else if (first <= 0x8f) {
            map(first & 0x0f);
        } else if (first <= 0x9f) {
            list(first & 0x0f);
        } else if (first <= 0xbf) {
            text(first & 0x1f);
        } else {
            switch (first) {
                case 0xc0, 0xc2, 0xc3 -> parts.piece(meaningOf(first));
                case 0xc4, 0xc5, 0xc6 -> binary(unsigned(1 << (first - 0xc4)));
                case 0xc7, 0xc8, 0xc9 -> extension(unsigned(1 << (first - 0xc7)));
                case 0xca -> parts.piece("float " + input.float32() + ", 32 bits");
                case 0xcb -> parts.piece("float " + input.float64() + ", 64 bits");
                case 0xcc, 0xcd, 0xce -> parts.piece("whole number " + unsigned(1 << (first - 0xcc)));
                case 0xcf -> parts.piece("whole number " + Long.toUnsignedString(input.int64()));
                case 0xd0 -> parts.piece("whole number " + (byte) input.unsignedByte());
                case 0xd1 -> parts.piece("whole number " + (short) input.int16());
                case 0xd2 -> parts.piece("whole number " + input.int32());
                case 0xd3 -> parts.piece("whole number " + input.int64());
                case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1L << (first - 0xd4));
                case 0xd9, 0xda, 0xdb -> text(unsigned(1 << (first - 0xd9)));
                case 0xdc, 0xdd -> list(unsigned(2 << (first - 0xdc)));
                case 0xde, 0xdf -> map(unsigned(2 << (first - 0xde)));
                default -> throw input.refusal("0xc1 begins no value");
            }
        }
    }

    private void list(long size) {
        parts.piece("list of " + count(size, "element"));
        parts.enter();
        for (long left = size; left > 0; left--) {
            value();
        }
        parts.leave();
    }

    private void map(long size) {
        parts.piece("map of " + count(size, "entry"));
        parts.enter();
        for (long left = size; left > 0; left--) {
            value();
            value();
        }
        parts.leave();
    }

    private void text(long size) {
        String text = input.utf8(size);
        parts.piece("text of " + count(size, "byte") + ": " + quoted(text));
    }

    private void binary(long size) {
        input.bytes(size);
        parts.piece(count(size, "byte") + " as they are");
    }

    private void extension(long size) {
        int type = (byte) input.unsignedByte();
        input.bytes(size);
        parts.piece((type == -1 ? "point in time, " : "extension of type " + type + ", ") + count(size, "byte"));
    }

    private long unsigned(int bytes) {
        return switch (bytes) {
            case 1 -> input.unsignedByte();
            case 2 -> input.int16() & 0xffff;
            default -> input.int32() & 0xffff_ffffL;
        };
    }
}
