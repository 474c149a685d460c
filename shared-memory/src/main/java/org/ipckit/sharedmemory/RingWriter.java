package org.ipckit.sharedmemory;

import static org.ipckit.sharedmemory.Layout.CACHE_LINE;

import java.nio.ByteBuffer;
import org.ipckit.transport.spi.WordwiseMemory;

/**
 * Writes records into a ring. One thread uses it.
 *
 * <p>The word behind a record has to be zero before the record can be seen. Stores retire in order, and a clear that
 * misses the cache, done just before, would hold up the very store that the reader waits for. So words are cleared ahead
 * and after publishing, while the other core is busy with the record.
 */
final class RingWriter {

    /** From how far on words are cleared in advance, two at a time; much longer costs throughput. */
    private static final int AHEAD = 128;

    private final Ring ring;
    private final WordwiseMemory payloads;
    private final int capacity;

    /** Where the next record goes, or the pad before it. */
    private long tail;

    /** The first position that is not free, as far as is known here. */
    private long limit;

    /** The words from tail to here are zero. */
    private long cleared;

    /** The record that is being written, and the bytes reserved for it; what is reserved and not used is dirty. */
    private long start;

    private int reserved;
    private long needed;

    /** Begins with a ring that is all zero. */
    RingWriter(Ring ring) {
        this.ring = ring;
        this.payloads = ring.payloads();
        this.capacity = ring.capacity();
        this.limit = capacity;
        this.cleared = capacity;
    }

    /**
     * Writes a record and publishes it.
     *
     * @return false if there is no room now
     */
    boolean write(int kind, ByteBuffer from, int index, int lengthBytes) throws CorruptSegmentException {
        int bytes = Layout.recordBytes(lengthBytes);
        long at = startOf(bytes);
        if (at + bytes + CACHE_LINE > limit && !roomUntil(at + bytes + CACHE_LINE)) {
            return false;
        }
        payloads.put(ring.placeOf(at) + Word.BYTES, from, index, lengthBytes);
        publish(at, at + bytes, Word.of(kind, lengthBytes));
        return true;
    }

    /**
     * Finds room for a record of this length, to be published by {@link #publish} or left by {@link #abandon}.
     *
     * @return the place of its payload, -1 if there is no room now
     */
    int reserve(int lengthBytes) throws CorruptSegmentException {
        int bytes = Layout.recordBytes(lengthBytes);
        long at = startOf(bytes);
        if (at + bytes + CACHE_LINE > limit && !roomUntil(at + bytes + CACHE_LINE)) {
            return -1;
        }
        start = at;
        reserved = bytes;
        return ring.placeOf(at) + Word.BYTES;
    }

    /** A record lies in one piece: what does not fit before the end of the ring begins at its beginning. */
    private long startOf(int bytes) {
        long at = tail;
        int left = capacity - ring.placeOf(at);
        return bytes <= left ? at : at + left;
    }

    private boolean roomUntil(long position) throws CorruptSegmentException {
        needed = position;
        return roomNow();
    }

    /** Returns true if there is room now for what was last to be reserved. */
    boolean roomNow() throws CorruptSegmentException {
        long progress = ring.progress();
        if (progress < limit - capacity || progress > tail) {
            throw new CorruptSegmentException("the reader says it is at " + progress + ", it was at "
                    + (limit - capacity) + " and only what is before " + tail + " was written");
        }
        limit = progress + capacity;
        return needed <= limit;
    }

    /** Publishes the record that was reserved, or a shorter one. */
    void publish(int kind, int lengthBytes) {
        long end = start + Layout.recordBytes(lengthBytes);
        if (end < start + reserved) {
            cleared = Math.min(cleared, end);
        }
        publish(start, end, Word.of(kind, lengthBytes));
    }

    private void publish(long at, long end, long word) {
        long clear = cleared;
        if (clear <= end) {
            // The record outruns what was cleared; what lies inside it needs no clearing.
            ring.clear(end);
            clear = end + CACHE_LINE;
        }
        ring.publish(at, word);
        if (at > tail) {
            // Last, so that who reads the pad finds a record behind it.
            ring.publish(tail, Word.of(Word.PAD, (int) (at - tail) - Word.BYTES));
        }
        tail = end;
        // No loop: to begin one takes longer than two stores.
        if (clear <= end + AHEAD && clear + 2 * CACHE_LINE <= limit) {
            ring.clear(clear);
            ring.clear(clear + CACHE_LINE);
            clear += 2 * CACHE_LINE;
        }
        cleared = clear;
    }

    /** Publishes nothing of what was reserved. */
    void abandon() {
        cleared = Math.min(cleared, start + CACHE_LINE);
    }
}
