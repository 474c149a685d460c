package org.ipckit.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Helps with the values that {@link RespReader} reads. */
final class RespValues {

    private RespValues() {}

    /** Returns a value as text; a string of bytes is read, not consumed. */
    static String text(Object value) {
        return value instanceof ByteBuffer bytes
                ? StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()
                : String.valueOf(value);
    }

    /** Returns the value of a key in a map, {@link RespReader#NIL} if it is not there. */
    static Object valueOf(Object flatMap, String key) {
        List<?> parts = (List<?>) flatMap;
        for (int at = 0; at + 1 < parts.size(); at += 2) {
            if (text(parts.get(at)).equals(key)) {
                return parts.get(at + 1);
            }
        }
        return RespReader.NIL;
    }

    /** Returns a value whose strings of bytes are its holder's. */
    static Object copied(Object value) {
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(bytes.position(), copy);
            return ByteBuffer.wrap(copy);
        }
        return value instanceof List<?> list
                ? list.stream().map(RespValues::copied).toList()
                : value;
    }
}
