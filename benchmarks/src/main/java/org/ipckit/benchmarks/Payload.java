package org.ipckit.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the messages of one end carry: the sequence number at the beginning, a word that goes with it at the end, and
 * between them a pattern of that end. Every byte is read and compared, so that a message that was torn, repeated, swapped
 * or never moved is noticed. The program in C does no more for a message: it writes the number over a pattern, and reads.
 */
final class Payload {

    /** The sequence number of the message that ends a measurement; the others count from 1. */
    static final long LAST = -1;

    /** Room for the sequence number. */
    static final int SMALLEST_BYTES = Long.BYTES;

    /** What is longer is compared by the JVM's own means for whole buffers, which for short ones take longer to begin. */
    private static final int WORDWISE = 256;

    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer buffer;
    private final int sizeBytes;
    private final long salt;

    /** Where the word at the end is; 0 if there is no room for it. */
    private final int tail;

    private final int patternEnd;

    /** The pattern, from its first byte to its last. */
    private final ByteBuffer pattern;

    /** Makes the messages of one end, and reads them at the other. */
    Payload(End writer, int sizeBytes) {
        this.buffer = ByteBuffer.allocateDirect(sizeBytes);
        this.sizeBytes = sizeBytes;
        this.salt = writer.salt();
        this.tail = sizeBytes < 2 * Long.BYTES ? 0 : sizeBytes - Long.BYTES;
        this.patternEnd = tail == 0 ? sizeBytes : tail;
        long word = salt;
        for (int at = Long.BYTES; at < sizeBytes; at++) {
            word += STEP;
            buffer.put(at, (byte) (word >>> (Long.SIZE - Byte.SIZE)));
        }
        this.pattern = buffer.duplicate().limit(patternEnd).position(Long.BYTES);
    }

    /** Returns the message with this number; it is overwritten by the next. */
    ByteBuffer write(long sequence) {
        LONGS.set(buffer, tail, tailOf(sequence));
        // Over the other where there is no room for it.
        LONGS.set(buffer, 0, sequence);
        return buffer;
    }

    private long tailOf(long sequence) {
        return sequence ^ salt;
    }

    /** Returns the sequence number of a message, and checks all the rest of it against that; the buffer is consumed. */
    long read(ByteBuffer message) {
        int start = message.position();
        if (message.remaining() != sizeBytes) {
            throw new WrongMessageException(
                    "a message of " + message.remaining() + " bytes came, not one of " + sizeBytes);
        }
        long sequence = (long) LONGS.get(message, start);
        boolean right = tail == 0 || (long) LONGS.get(message, start + tail) == tailOf(sequence);
        if (!right || !hasPattern(message, start)) {
            throw new WrongMessageException("message " + sequence + " came with another content than it was sent with");
        }
        return sequence;
    }

    private boolean hasPattern(ByteBuffer message, int start) {
        if (sizeBytes > WORDWISE) {
            return message.limit(start + patternEnd)
                            .position(start + Long.BYTES)
                            .mismatch(pattern)
                    < 0;
        }
        long differences = 0;
        int at = Long.BYTES;
        for (; at <= patternEnd - Long.BYTES; at += Long.BYTES) {
            differences |= (long) LONGS.get(message, start + at) ^ (long) LONGS.get(buffer, at);
        }
        for (; at < patternEnd; at++) {
            differences |= message.get(start + at) ^ buffer.get(at);
        }
        return differences == 0;
    }

    /** Checks that a message has this number and that the rest fits it; the buffer is consumed. */
    void check(ByteBuffer message, long expected) {
        long sequence = read(message);
        if (sequence != expected) {
            throw new WrongMessageException("message " + sequence + " came, not " + expected);
        }
    }
}
