package org.ipckit.signals;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The values that have come to one end of a connection and that nobody has received yet. The receiver's thread puts them
 * in, and one other thread takes whole messages out.
 */
final class InboundValues {

    /** What a sender may be told in addition, before it is worth a signal. */
    private static final int SHARE = 4;

    private final int maxMessageBytes;
    private final int window;
    private final long[] ring;
    private final int mask;

    // The receiver's thread.
    private long taken;
    private int missing;
    private volatile long allowed;

    // Both.
    private volatile long whole;
    private volatile long consumed;
    private volatile boolean roomMatters;
    private volatile String corruption;

    /** @param window how many values may be on their way in the system's queue */
    InboundValues(int maxMessageBytes, int window) {
        this.maxMessageBytes = maxMessageBytes;
        this.window = window;
        // A message has to fit beside what was sent when nobody had received the one before.
        int most = ValueFormat.values(maxMessageBytes) + 2 * window;
        this.ring = new long[Integer.highestOneBit(most - 1) << 1];
        this.mask = ring.length - 1;
    }

    // ---------------------------------------------------------------- the receiver's thread

    /** Puts a value of data in; returns true if somebody who waits has something to see. */
    boolean add(long data) {
        if (corruption != null) {
            taken++;
            return false;
        }
        if (taken - consumed == ring.length) {
            taken++;
            corruption = "the peer sent more than it was allowed to: " + taken + " values";
            return true;
        }
        if (missing == 0) {
            int size = ValueFormat.size(data);
            if (size > maxMessageBytes) {
                taken++;
                corruption = "the peer announces a message of " + size + " bytes, this connection takes at most "
                        + maxMessageBytes + " (max-message=)";
                return true;
            }
            missing = ValueFormat.values(size);
        }
        ring[(int) taken & mask] = data;
        taken++;
        missing--;
        if (missing == 0) {
            whole = taken;
        }
        return missing == 0;
    }

    /** Returns how many values the peer may be told to send in all; -1 if that would not be worth a signal. */
    long newlyAllowed() {
        long byQueue = taken + window;
        // What comes after a corrupt value is thrown away, so that its sender is not held up.
        long byRoom = corruption == null ? consumed + ring.length : Long.MAX_VALUE;
        if (byRoom < byQueue) {
            roomMatters = true;
            // Looked at again: whoever consumed before it could see that it matters has said nothing.
            byRoom = consumed + ring.length;
        }
        long most = Math.min(byQueue, byRoom);
        return most - allowed >= window / SHARE ? most : -1;
    }

    /** Remembers that the peer has been told so. */
    void allow(long count) {
        allowed = count;
    }

    /** Returns whether a message has begun and not ended. */
    boolean isMidMessage() {
        return missing > 0;
    }

    // ---------------------------------------------------------------- the one who receives

    /** Returns the size of the next whole message, -1 if there is none. */
    int nextSize() {
        long at = consumed;
        return at == whole ? -1 : ValueFormat.size(ring[(int) at & mask]);
    }

    /** Writes the next message from position 0 on into a big-endian buffer with seven bytes more than it needs. */
    void copy(int sizeBytes, ByteBuffer into) {
        int at = (int) consumed & mask;
        into.putInt(0, (int) ring[at]);
        for (int written = ValueFormat.FIRST_BYTES; written < sizeBytes; written += ValueFormat.MORE_BYTES) {
            at = at + 1 & mask;
            // The eighth byte is the next value's to overwrite.
            into.putLong(written, ring[at] << Byte.SIZE);
        }
    }

    /** Goes on to the next message; returns true if the receiver's thread has to tell the peer that there is room. */
    boolean consume(int sizeBytes) {
        long next = consumed + ValueFormat.values(sizeBytes);
        consumed = next;
        if (roomMatters && next + ring.length - allowed >= window / SHARE) {
            roomMatters = false;
            return true;
        }
        return false;
    }

    /** Returns what the peer did against the protocol, if it did. */
    Optional<String> corruption() {
        return Optional.ofNullable(corruption);
    }
}
