package org.ipckit.codecs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.ipckit.transport.CodecException;

/** A stranger's bytes, read in order. Whatever is announced is compared with what is there before memory is taken. */
final class LimitedInput {

    private final ByteBuffer bytes;
    private final int start;
    private final int maxDepth;
    private int depth;

    LimitedInput(ByteBuffer source, CodecLimits limits) {
        this.bytes = source.duplicate();
        this.start = source.position();
        this.maxDepth = limits.maxDepth();
    }

    LimitedInput order(ByteOrder order) {
        bytes.order(order);
        return this;
    }

    /** Returns how many bytes were read. */
    int at() {
        return bytes.position() - start;
    }

    int remaining() {
        return bytes.remaining();
    }

    int unsignedByte() {
        return need(1).get() & 0xff;
    }

    int int16() {
        return need(2).getShort();
    }

    int int32() {
        return need(4).getInt();
    }

    long int64() {
        return need(8).getLong();
    }

    float float32() {
        return need(4).getFloat();
    }

    double float64() {
        return need(8).getDouble();
    }

    byte[] bytes(long count) {
        byte[] copy = new byte[checked(count)];
        bytes.get(copy);
        return copy;
    }

    String utf8(long count) {
        int wrong = Utf8.firstWrong(bytes.slice(bytes.position(), checked(count)));
        if (wrong >= 0) {
            throw refusal("a text that is not UTF-8 at its byte " + wrong);
        }
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    /** Returns the text up to the next zero byte, which is consumed. */
    String utf8UpToZero() {
        return utf8UpTo(0);
    }

    /** Returns the text up to the next byte of this value, which is consumed. */
    String utf8UpTo(int last) {
        int end = bytes.position();
        while (end < bytes.limit() && bytes.get(end) != (byte) last) {
            end++;
        }
        if (end == bytes.limit()) {
            throw refusal("a text without its end");
        }
        String text = utf8(end - bytes.position());
        bytes.get();
        return text;
    }

    void enter() {
        if (++depth > maxDepth) {
            throw refusal("nested deeper than " + maxDepth + ", which is this codec's limit");
        }
    }

    void leave() {
        depth--;
    }

    void checkNew(Set<String> names, String name) {
        if (!names.add(name)) {
            throw refusal("a second field of the same name '" + name + "'");
        }
    }

    void checkEnd() {
        if (bytes.hasRemaining()) {
            throw refusal("the value ends here, and " + bytes.remaining() + " bytes follow");
        }
    }

    CodecException refusal(String words) {
        return new CodecException("byte " + at() + ": " + words);
    }

    private ByteBuffer need(int count) {
        checked(count);
        return bytes;
    }

    private int checked(long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw refusal("needs " + count + " bytes more, and " + bytes.remaining() + " are there");
        }
        return (int) count;
    }
}
