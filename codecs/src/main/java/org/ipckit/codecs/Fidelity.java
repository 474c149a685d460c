package org.ipckit.codecs;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Message;

/** What becomes of a value that is written in an encoding and read back as maps, lists and plain values. */
public final class Fidelity {

    private static final int LONGEST_VALUE = 48;

    private Fidelity() {}

    /**
     * Returns the bytes of a value in an encoding.
     *
     * @throws CodecException if the encoding cannot carry it
     */
    public static Message encoded(Encoding encoding, Object value) {
        return encoded(encoding.codec(Object.class), value);
    }

    static <T> Message encoded(Codec<T> codec, T value) {
        for (int sizeBytes = 256; ; sizeBytes *= 2) {
            ByteBuffer buffer = ByteBuffer.allocate(sizeBytes);
            try {
                codec.encode(value, buffer);
                return Message.copyOf(buffer.flip());
            } catch (BufferOverflowException tooSmall) {
                if (sizeBytes > CodecLimits.DEFAULT.maxBytes()) {
                    throw tooSmall;
                }
            }
        }
    }

    /**
     * Returns what is different afterwards, a line for each place: {@code /a: Long 1 becomes Integer 1}.
     *
     * @throws CodecException if the encoding cannot carry the value
     */
    public static List<String> changes(Encoding encoding, Object value) {
        Object after =
                encoding.codec(Object.class).decode(encoded(encoding, value).asByteBuffer());
        List<String> changes = new ArrayList<>();
        compare("", value, after, changes);
        return List.copyOf(changes);
    }

    private static void compare(String path, Object before, Object after, List<String> changes) {
        if (before instanceof Map<?, ?> map
                && after instanceof Map<?, ?> other
                && map.keySet().equals(other.keySet())) {
            map.forEach((key, value) -> compare(path + "/" + key, value, other.get(key), changes));
        } else if (before instanceof List<?> list && after instanceof List<?> other && list.size() == other.size()) {
            for (int at = 0; at < list.size(); at++) {
                compare(path + "/" + at, list.get(at), other.get(at), changes);
            }
        } else if (!same(before, after)) {
            changes.add((path.isEmpty() ? "/" : path) + ": " + words(before) + " becomes " + words(after));
        }
    }

    /** Returns whether nothing has changed: neither the type nor the value, nor the order of elements. */
    static boolean same(Object before, Object after) {
        return before == null ? after == null : Arrays.deepEquals(new Object[] {before}, new Object[] {after});
    }

    /** Returns the type and the value. */
    static String words(Object value) {
        if (value == null) {
            return "null";
        }
        String type = value instanceof Map
                ? "Map"
                : value instanceof List ? "List" : value.getClass().getSimpleName();
        return type + " " + text(value);
    }

    private static String text(Object value) {
        String text = value instanceof byte[] bytes
                ? "0x" + HexFormat.of().formatHex(bytes)
                : value instanceof int[] numbers ? Arrays.toString(numbers) : value.toString();
        String line = text.replaceAll("\\p{Cntrl}", ".");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE) + "...";
    }
}
