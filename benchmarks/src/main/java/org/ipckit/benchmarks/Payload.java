package org.ipckit.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the messages of one end carry: the sequence number at the beginning, a word that goes with it at the end, and
 * between them a pattern of that end. Every byte is read, so that a message that was torn, repeated, swapped or never moved
 * is noticed: in a short message each is compared, in a long one the beginning and the end, and all of it now and then.
 *
 * <p>The program in C does the same for a message, and no more: it writes the number over a pattern, and moves what has
 * come into memory of its own.
 */
final class Payload {

    /** The sequence number of the message that ends a measurement; the others count from 1. */
    static final long LAST = -1;

    /** Room for the sequence number. */
    static final int SMALLEST_BYTES = Long.BYTES;

    /** Shorter messages are compared word by word; with a longer one that would take longer than to move it. */
    static final int LONG_BYTES = 256;

    /** Of the longer messages those whose number is a multiple of this are compared; a power of two. */
    static final int COMPARED_EACH = 64;

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

    /** The same, as far as it is whole words. */
    private final long[] patternWords;

    /** What a long message is moved into. */
    private final ByteBuffer own;

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
        this.patternWords = new long[pattern.remaining() / Long.BYTES];
        pattern.duplicate().order(ByteOrder.nativeOrder()).asLongBuffer().get(patternWords);
        this.own = ByteBuffer.allocateDirect(sizeBytes);
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
        if (!right || !(sizeBytes < LONG_BYTES ? hasPattern(message, start) : isMoved(message, start, sequence))) {
            throw new WrongMessageException("message " + sequence + " came with another content than it was sent with");
        }
        return sequence;
    }

    private boolean hasPattern(ByteBuffer message, int start) {
        long differences = 0;
        int at = Long.BYTES;
        for (long word : patternWords) {
            differences |= (long) LONGS.get(message, start + at) ^ word;
            at += Long.BYTES;
        }
        for (; at < patternEnd; at++) {
            differences |= message.get(start + at) ^ buffer.get(at);
        }
        return differences == 0;
    }

    private boolean isMoved(ByteBuffer message, int start, long sequence) {
        own.clear().put(0, message, start, sizeBytes);
        return (sequence & (COMPARED_EACH - 1)) != 0
                || own.limit(patternEnd).position(Long.BYTES).mismatch(pattern) < 0;
    }

    /** Checks that a message has this number and that the rest fits it; the buffer is consumed. */
    void check(ByteBuffer message, long expected) {
        long sequence = read(message);
        if (sequence != expected) {
            throw new WrongMessageException("message " + sequence + " came, not " + expected);
        }
    }
}
