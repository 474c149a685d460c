package org.ipckit.benchmarks;

import java.nio.ByteBuffer;

/**
 * What a message carries: its sequence number, and then words computed from it, the end that wrote it, and their place,
 * so that the reader can compute them too. A message that was torn, repeated, swapped or never moved is noticed.
 */
final class Payload {

    /** The sequence number of the message that ends a measurement; the others count from 1. */
    static final long LAST = -1;

    /** Room for the sequence number. */
    static final int SMALLEST_BYTES = Long.BYTES;

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final ByteBuffer buffer;
    private final int sizeBytes;
    private final long salt;

    /** Makes the messages of one end. */
    Payload(End writer, int sizeBytes) {
        this.buffer = ByteBuffer.allocateDirect(sizeBytes);
        this.sizeBytes = sizeBytes;
        this.salt = writer.salt();
    }

    /** Returns the message with this number; it is overwritten by the next. */
    ByteBuffer write(long sequence) {
        buffer.putLong(0, sequence);
        long word = sequence ^ salt;
        int at = Long.BYTES;
        for (; at <= sizeBytes - Long.BYTES; at += Long.BYTES) {
            word += STEP;
            buffer.putLong(at, word);
        }
        for (; at < sizeBytes; at++) {
            buffer.put(at, (byte) (word + at));
        }
        return buffer;
    }

    /** Returns the sequence number of a message and checks all the rest of it against that. */
    static long read(ByteBuffer message, End writer, int sizeBytes) {
        int start = message.position();
        if (message.remaining() != sizeBytes) {
            throw new WrongMessageException(
                    "a message of " + message.remaining() + " bytes came, not one of " + sizeBytes);
        }
        long sequence = message.getLong(start);
        long word = sequence ^ writer.salt();
        long differences = 0;
        int at = Long.BYTES;
        for (; at <= sizeBytes - Long.BYTES; at += Long.BYTES) {
            word += STEP;
            differences |= message.getLong(start + at) ^ word;
        }
        for (; at < sizeBytes; at++) {
            differences |= message.get(start + at) ^ (byte) (word + at);
        }
        if (differences != 0) {
            throw new WrongMessageException("message " + sequence + " came with another content than it was sent with");
        }
        return sequence;
    }

    /** Returns the sequence number of a message and checks that it is this one and that the rest fits it. */
    static void check(ByteBuffer message, End writer, int sizeBytes, long expected) {
        long sequence = read(message, writer, sizeBytes);
        if (sequence != expected) {
            throw new WrongMessageException("message " + sequence + " came, not " + expected);
        }
    }
}
