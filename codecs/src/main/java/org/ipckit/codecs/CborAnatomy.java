package org.ipckit.codecs;

import static org.ipckit.codecs.Dissection.count;
import static org.ipckit.codecs.Dissection.quoted;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;

/** What each byte of a CBOR value is for. */
final class CborAnatomy {

    private static final int INDEFINITE = 31;
    private static final int BREAK = 0xff;
    private static final String[] NOUNS = {
        "whole number", "negative number", "bytes", "text", "list", "map", "tag", "simple value"
    };

    private final Dissection parts;
    private final LimitedInput input;

    private CborAnatomy(ByteBuffer bytes) {
        parts = new Dissection(bytes);
        input = parts.input;
    }

    static List<Piece> of(ByteBuffer bytes) {
        CborAnatomy anatomy = new CborAnatomy(bytes);
        anatomy.value(anatomy.input.unsignedByte());
        return anatomy.parts.end();
    }

    /** Returns what a value is that begins with this byte: three bits of type, five of size. */
    static String meaningOf(int first) {
        int type = first >> 5;
        int low = first & 0x1f;
        String noun = NOUNS[type];
        if (isReserved(low) || (low == INDEFINITE && (type < 2 || type == 6))) {
            return "nothing: it is reserved";
        }
        if (type == 7) {
            return special(low);
        }
        if (low == INDEFINITE) {
            return noun + (type <= 3 ? " in pieces" : "") + ", until a break";
        }
        if (low >= 24) {
            int size = 1 << (low - 24);
            String where = size == 1 ? "the byte that follows" : "the " + size + " bytes that follow";
            return switch (type) {
                case 0, 6 -> noun + " in " + where;
                case 1 -> noun + ", -1 less what is in " + where;
                default -> noun + ", the number of " + unit(type) + " in " + where;
            };
        }
        return switch (type) {
            case 0, 6 -> noun + " " + low;
            case 1 -> noun + " " + (-1 - low);
            default -> noun + " of " + count(low, unitOne(type));
        };
    }

    private static boolean isReserved(int low) {
        return low >= 28 && low <= 30;
    }

    private static String special(int low) {
        return switch (low) {
            case 20 -> "false";
            case 21 -> "true";
            case 22 -> "null";
            case 23 -> "undefined";
            case 24 -> "simple value in the byte that follows";
            case 25 -> "float of 16 bits";
            case 26 -> "float of 32 bits";
            case 27 -> "float of 64 bits";
            case INDEFINITE -> "break: the end of what has no size";
            default -> "simple value " + low;
        };
    }

    private static String unit(int type) {
        return unitOne(type).equals("entry") ? "entries" : unitOne(type) + "s";
    }

    private static String unitOne(int type) {
        return switch (type) {
            case 4 -> "element";
            case 5 -> "entry";
            default -> "byte";
        };
    }

    private void value(int first) {
        int type = first >> 5;
        int low = first & 0x1f;
        if (isReserved(low) || (low == INDEFINITE && (type < 2 || type >= 6))) {
            throw input.refusal(String.format("0x%02x begins no value", first));
        }
        if (type == 7) {
            special(first, low);
        } else if (low == INDEFINITE) {
            untilBreak(type);
        } else {
            sized(type, argument(low));
        }
    }

    private void special(int first, int low) {
        switch (low) {
            case 24 -> parts.piece("simple value " + input.unsignedByte());
            case 25 -> parts.piece("float " + half(input.int16() & 0xffff) + ", 16 bits");
            case 26 -> parts.piece("float " + input.float32() + ", 32 bits");
            case 27 -> parts.piece("float " + input.float64() + ", 64 bits");
            default -> parts.piece(meaningOf(first));
        }
    }

    private void untilBreak(int type) {
        parts.piece(NOUNS[type] + (type <= 3 ? " in pieces" : "") + ", until a break");
        parts.enter();
        for (int next = input.unsignedByte(); next != BREAK; next = input.unsignedByte()) {
            value(next);
        }
        parts.leave();
        parts.piece("break");
    }

    private void sized(int type, long argument) {
        switch (type) {
            case 0 -> parts.piece("whole number " + Long.toUnsignedString(argument));
            case 1 -> parts.piece("negative number " + new BigInteger(Long.toUnsignedString(argument)).not());
            case 2 -> {
                input.bytes(argument);
                parts.piece(count(argument, "byte") + " as they are");
            }
            case 3 -> {
                String text = input.utf8(argument);
                parts.piece("text of " + count(argument, "byte") + ": " + quoted(text));
            }
            case 4, 5 -> {
                parts.piece(NOUNS[type] + " of " + count(argument, unitOne(type)));
                // Each has at least a byte: more than are there need not be counted.
                long members =
                        Long.compareUnsigned(argument, input.remaining()) > 0 ? input.remaining() + 1L : argument;
                values(type == 4 ? members : 2 * members);
            }
            default -> {
                parts.piece("tag " + Long.toUnsignedString(argument) + " of what follows");
                values(1);
            }
        }
    }

    private void values(long count) {
        parts.enter();
        for (long left = count; left > 0; left--) {
            value(input.unsignedByte());
        }
        parts.leave();
    }

    private long argument(int low) {
        return switch (low) {
            case 24 -> input.unsignedByte();
            case 25 -> input.int16() & 0xffff;
            case 26 -> input.int32() & 0xffff_ffffL;
            case 27 -> input.int64();
            default -> low;
        };
    }

    private static float half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size = exponent == 0
                ? Math.scalb((float) fraction, -24)
                : exponent == 31
                        ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                        : Math.scalb((float) (fraction | 0x400), exponent - 25);
        return bits < 0x8000 ? size : -size;
    }
}
