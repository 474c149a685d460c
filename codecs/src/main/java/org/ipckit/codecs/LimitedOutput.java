package org.ipckit.codecs;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.ipckit.transport.CodecException;

/** Bytes into a buffer, within the limits; the buffer itself moves only when all are there. */
final class LimitedOutput {

    private final ByteBuffer target;
    private final CodecLimits limits;
    private final boolean limitIsOurs;

    /** Where to write, big-endian until somebody wants another order. */
    final ByteBuffer bytes;

    LimitedOutput(ByteBuffer target, CodecLimits limits) {
        this.target = target;
        this.limits = limits;
        this.bytes = target.duplicate();
        this.limitIsOurs = target.remaining() > limits.maxBytes();
        if (limitIsOurs) {
            bytes.limit(bytes.position() + limits.maxBytes());
        }
    }

    /** Whether an overflow means the codec's own limit, not the end of the buffer. */
    boolean ownLimitIsNear() {
        return limitIsOurs;
    }

    CodecException refusal() {
        return new CodecException("more than " + limits.maxBytes() + " bytes, which is this codec's limit");
    }

    void checkDepth(int depth) {
        if (depth > limits.maxDepth()) {
            throw new CodecException("nested deeper than " + limits.maxDepth() + ", which is this codec's limit");
        }
    }

    /** Writes the text in UTF-8. */
    void putUtf8(String text) {
        CoderResult result = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text), bytes, true);
        if (result.isOverflow()) {
            throw new BufferOverflowException();
        }
        if (result.isError()) {
            throw new CodecException("a text with half a character (a surrogate without the other) has no UTF-8");
        }
    }

    /** Returns how many bytes the text has in UTF-8, if it is one. */
    static int utf8Length(String text) {
        int length = text.length();
        int size = length;
        for (int at = 0; at < length; at++) {
            char c = text.charAt(at);
            if (c >= 0x800) {
                size += Character.isSurrogate(c) ? 1 : 2; // a pair of two has four bytes
            } else if (c >= 0x80) {
                size++;
            }
        }
        return size;
    }

    /** Moves the target behind what was written, and returns how much that is. */
    int finish() {
        int count = bytes.position() - target.position();
        target.position(bytes.position());
        return count;
    }
}
