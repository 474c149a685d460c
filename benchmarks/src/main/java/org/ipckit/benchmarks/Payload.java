package org.ipckit.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipckit.transport.spi.WordwiseMemory;

/**
 * What the messages of one end carry: the sequence number in the first word, one that goes with it in the last, and
 * between them a pattern of that end. Every byte is read, so that a message that was torn, repeated, swapped or never moved
 * is noticed: in a short message each is compared, in a long one the beginning and the end, and all of it now and then.
 *
 * <p>The program in C does the same for a message, and no more: it writes the number over a pattern, and moves what has
 * come into memory of its own. So {@link #take} does no more either, and who is waited for compares when it has answered.
 */
final class Payload {

    /** The sequence number of the message that ends a measurement; the others count from 1. */
    static final long LAST = -1;

    /** Room for the sequence number. */
    static final int SMALLEST_BYTES = Long.BYTES;

    /** Shorter messages are always compared as a whole; with a longer one that would take longer than to move it. */
    static final int LONG_BYTES = 256;

    /** Of the longer messages those whose number is a multiple of this are compared; a power of two. */
    static final int COMPARED_EACH = 64;

    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer buffer;
    private final int sizeBytes;
    private final long salt;

    /** Where the last whole word is, which goes with the number; 0 if there is no room for it. */
    private final int tail;

    /** What was taken last. */
    private final ByteBuffer own;

    private final WordwiseMemory taken;

    private boolean unverified;

    /** Makes the messages of one end, and reads them at the other. */
    Payload(End writer, int sizeBytes) {
        this.buffer = ByteBuffer.allocateDirect(sizeBytes);
        this.sizeBytes = sizeBytes;
        this.salt = writer.salt();
        this.tail = sizeBytes < 2 * Long.BYTES ? 0 : (sizeBytes - Long.BYTES) & -Long.BYTES;
        long word = salt;
        for (int at = Long.BYTES; at < sizeBytes; at++) {
            word += STEP;
            buffer.put(at, (byte) (word >>> (Long.SIZE - Byte.SIZE)));
        }
        this.own = ByteBuffer.allocateDirect(sizeBytes);
        this.taken = new WordwiseMemory(own);
    }

    /** Returns the message with this number; it is overwritten by the next, and by {@link #verify}. */
    ByteBuffer write(long sequence) {
        LONGS.set(buffer, tail, tailOf(sequence));
        // Over the other where there is no room for it.
        LONGS.set(buffer, 0, sequence);
        return buffer;
    }

    private long tailOf(long sequence) {
        return sequence ^ salt;
    }

    /** Moves a message away and returns its sequence number, for {@link #verify} to check the rest; it is not consumed. */
    long take(ByteBuffer message) {
        if (message.remaining() != sizeBytes) {
            throw new WrongMessageException(
                    "a message of " + message.remaining() + " bytes came, not one of " + sizeBytes);
        }
        taken.put(0, message, message.position(), sizeBytes);
        unverified = true;
        return taken.word(0);
    }

    /** Checks the message that was taken last, if that was not done: it has to be the one that is written for its number. */
    void verify() {
        if (unverified) {
            unverified = false;
            long sequence = taken.word(0);
            write(sequence);
            if (!(isCompared(sequence) ? own.equals(buffer) : lastWord(own) == lastWord(buffer))) {
                throw new WrongMessageException(
                        "message " + sequence + " came with another content than it was sent with");
            }
        }
    }

    private boolean isCompared(long sequence) {
        return sizeBytes < LONG_BYTES || (sequence & (COMPARED_EACH - 1)) == 0;
    }

    private long lastWord(ByteBuffer message) {
        return (long) LONGS.get(message, sizeBytes - Long.BYTES);
    }

    /** Returns the sequence number of a message, and checks all the rest of it against that. */
    long read(ByteBuffer message) {
        long sequence = take(message);
        verify();
        return sequence;
    }

    /** Checks that a message has this number and that the rest fits it. */
    void check(ByteBuffer message, long expected) {
        requireExpected(read(message), expected);
    }

    /** Moves a message away, which has to have this number. */
    void take(ByteBuffer message, long expected) {
        requireExpected(take(message), expected);
    }

    private static void requireExpected(long sequence, long expected) {
        if (sequence != expected) {
            throw new WrongMessageException("message " + sequence + " came, not " + expected);
        }
    }
}
