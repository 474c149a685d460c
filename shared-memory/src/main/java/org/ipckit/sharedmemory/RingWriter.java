package org.ipckit.sharedmemory;

import static org.ipckit.sharedmemory.Layout.CACHE_LINE;

/**
 * Writes records into a ring. One thread uses it.
 *
 * <p>The word behind a record has to be zero before the record can be seen. Stores retire in order, and a clear that
 * misses the cache, done just before, would hold up the very store that the reader waits for. So words are cleared ahead
 * and after publishing, while the other core is busy with the record.
 */
final class RingWriter {

    /** How far words are cleared in advance; much longer costs throughput. */
    private static final int AHEAD = 256;

    private final Ring ring;
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
        this.capacity = ring.capacity();
        this.limit = capacity;
        this.cleared = capacity;
    }

    /**
     * Finds room for a record of this length.
     *
     * @return the place of its payload, -1 if there is no room now
     */
    int reserve(int lengthBytes) throws CorruptSegmentException {
        int bytes = Layout.recordBytes(lengthBytes);
        int left = capacity - ring.placeOf(tail);
        long at = bytes <= left ? tail : tail + left;
        needed = at + bytes + CACHE_LINE;
        if (needed > limit && !roomNow()) {
            return -1;
        }
        start = at;
        reserved = bytes;
        return ring.placeOf(at) + Word.BYTES;
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
        if (cleared <= end) {
            // The record outruns what was cleared; what lies inside it needs no clearing.
            ring.clear(end);
            cleared = end + CACHE_LINE;
        }
        ring.publish(start, Word.of(kind, lengthBytes));
        if (start > tail) {
            // Last, so that who reads the pad finds a record behind it.
            ring.publish(tail, Word.of(Word.PAD, (int) (start - tail) - Word.BYTES));
        }
        tail = end;
        if (cleared <= end + AHEAD / 2) {
            clearUntil(Math.min(end + AHEAD + CACHE_LINE, limit));
        }
    }

    /** Publishes nothing of what was reserved. */
    void abandon() {
        cleared = Math.min(cleared, start + CACHE_LINE);
    }

    private void clearUntil(long position) {
        for (; cleared < position; cleared += CACHE_LINE) {
            ring.clear(cleared);
        }
    }
}
