package org.ipckit.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.spi.Ending;

/**
 * Reads the values of RESP3, the protocol of Redis, as far as they have come. One thread uses it.
 *
 * <p>A number is a {@link Long}, a string of bytes a {@link ByteBuffer} that shows them where they are and is good until
 * the next call of {@link #space}, a line of text a {@link String}, a refusal a {@link ServerError}, several values a
 * {@link List}, what comes unasked a {@link Push}, nothing at all {@link #NIL}.
 */
final class RespReader {

    /** What stands for nothing. */
    static final Object NIL = new Object() {
        @Override
        public String toString() {
            return "nil";
        }
    };

    /** What the server says unasked: a message of a channel, or that a subscription is in effect. */
    record Push(List<Object> parts) {}

    /** A string of bytes that is longer than we take. */
    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;
        private final long sizeBytes;

        TooLongException(long sizeBytes) {
            super("a string of " + sizeBytes + " bytes");
            this.sizeBytes = sizeBytes;
        }

        long sizeBytes() {
            return sizeBytes;
        }

        /** Returns why a subscription ends to which it was published. */
        Ending endOfSubscription(RedisAddress address) {
            return Ending.corrupt("somebody has published a message of " + sizeBytes
                    + " bytes, this subscription takes at most " + address.maxMessageBytes() + " (max-message=)");
        }
    }

    private static final int FIRST_BYTES = 16 << 10;
    private static final int DEEPEST = 8;
    private static final int MOST_PARTS = 1 << 20;
    private static final int LONGEST_LINE = 64 << 10;
    private static final Object INCOMPLETE = new Object();

    private final int longestBytes;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(FIRST_BYTES).limit(0);

    /** Makes one that takes strings of at most so many bytes. */
    RespReader(int longestBytes) {
        this.longestBytes = longestBytes;
    }

    /** Returns the buffer with room to read more into; call {@link #filled} afterwards. */
    ByteBuffer space() {
        if (bytes.position() > 0 || bytes.limit() < bytes.capacity()) {
            bytes.compact();
        } else {
            // It grows with what has come, never with what was announced.
            ByteBuffer larger = ByteBuffer.allocateDirect(bytes.capacity() * 2);
            bytes = larger.put(bytes);
        }
        return bytes;
    }

    /** Goes on to look at what was read. */
    void filled() {
        bytes.flip();
    }

    /** Returns the next value, null if it has not come as a whole. */
    Object next() throws IOException {
        int start = bytes.position();
        Object value = value(0);
        if (value == INCOMPLETE) {
            bytes.position(start);
            return null;
        }
        return value;
    }

    private Object value(int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("what the server says is nested too deep");
        }
        if (!bytes.hasRemaining()) {
            return INCOMPLETE;
        }
        char kind = (char) bytes.get();
        return switch (kind) {
            case ':' -> number(line());
            case '+', ',', '(' -> text(line());
            case '-' -> refusal(line());
            case '#' -> truth(line());
            case '_' -> text(line()) == INCOMPLETE ? INCOMPLETE : NIL;
            case '$', '=' -> string();
            case '!' -> error(string());
            case '*', '~' -> several(1, depth);
            case '%' -> several(2, depth);
            case '>' -> push(several(1, depth));
            case '|' -> several(2, depth) == INCOMPLETE ? INCOMPLETE : value(depth + 1);
            default ->
                throw new IOException(
                        "what came is not from a Redis server: it begins with 0x" + Integer.toHexString(kind & 0xff));
        };
    }

    /** Returns the length of the line that begins here, without its end; -1 if it has not come as a whole. */
    private int line() throws IOException {
        int last = Math.min(bytes.limit(), bytes.position() + LONGEST_LINE) - 1;
        for (int at = bytes.position(); at < last; at++) {
            if (bytes.get(at) == '\r' && bytes.get(at + 1) == '\n') {
                return at - bytes.position();
            }
        }
        if (bytes.remaining() >= LONGEST_LINE) {
            throw new IOException("what came is not from a Redis server: a line has no end");
        }
        return -1;
    }

    private Object text(int length) {
        return length < 0 ? INCOMPLETE : taken(length);
    }

    private String taken(int length) {
        byte[] copy = new byte[length];
        bytes.get(copy);
        skipEnd();
        return new String(copy, StandardCharsets.UTF_8);
    }

    private void skipEnd() {
        bytes.position(bytes.position() + 2);
    }

    private Object refusal(int length) {
        return length < 0 ? INCOMPLETE : new ServerError(taken(length));
    }

    private static Object error(Object text) {
        return text instanceof ByteBuffer words
                ? new ServerError(StandardCharsets.UTF_8.decode(words).toString())
                : text;
    }

    private Object truth(int length) {
        return length < 0 ? INCOMPLETE : (Object) (taken(length).equals("t") ? 1L : 0L);
    }

    private Object number(int length) throws IOException {
        return length < 0 ? INCOMPLETE : (Object) parsed(length);
    }

    private long parsed(int length) throws IOException {
        int end = bytes.position() + length;
        int at = bytes.position();
        boolean negative = length > 0 && bytes.get(at) == '-';
        long value = 0;
        for (at += negative ? 1 : 0; at < end; at++) {
            int digit = bytes.get(at) - '0';
            if (digit < 0 || digit > 9) {
                throw new IOException("what came is not from a Redis server: a number has a character 0x"
                        + Integer.toHexString(bytes.get(at) & 0xff));
            }
            value = value * 10 + digit;
        }
        bytes.position(end + 2);
        return negative ? -value : value;
    }

    private Object string() throws IOException {
        int line = line();
        if (line < 0) {
            return INCOMPLETE;
        }
        long length = parsed(line);
        if (length < 0) {
            return NIL;
        }
        if (length > longestBytes) {
            throw new TooLongException(length);
        }
        int start = bytes.position();
        if (bytes.remaining() < length + 2) {
            return INCOMPLETE;
        }
        ByteBuffer view = bytes.slice(start, (int) length);
        bytes.position(start + (int) length + 2);
        return view;
    }

    private Object several(int each, int depth) throws IOException {
        int line = line();
        if (line < 0) {
            return INCOMPLETE;
        }
        long count = parsed(line) * each;
        if (count < 0) {
            return NIL;
        }
        if (count > MOST_PARTS) {
            throw new IOException("the server says " + count + " things at once");
        }
        List<Object> parts = new ArrayList<>((int) Math.min(count, 16));
        for (int i = 0; i < count; i++) {
            Object part = value(depth + 1);
            if (part == INCOMPLETE) {
                return INCOMPLETE;
            }
            parts.add(part);
        }
        return parts;
    }

    @SuppressWarnings("unchecked")
    private static Object push(Object parts) {
        return parts instanceof List<?> list ? new Push((List<Object>) list) : parts;
    }
}
