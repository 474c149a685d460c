package org.ipckit.sharedmemory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The memory of one ring: words, payloads and the reader's progress. Positions count bytes since the beginning and never
 * come back; their low bits are the place in the ring.
 */
final class Ring {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** The longest payload that is moved word by word. */
    private static final int WORDWISE = 256;

    private final ByteBuffer control;
    private final ByteBuffer records;
    private final LongBuffer words;
    private final int capacity;
    private final int mask;

    /**
     * Makes the ring of two parts of direct memory.
     *
     * @param control {@link Layout#CONTROL_BYTES}
     * @param records a power of two
     */
    Ring(ByteBuffer control, ByteBuffer records) {
        this.control = control;
        this.records = records;
        this.words = records.duplicate().order(ByteOrder.nativeOrder()).asLongBuffer();
        this.capacity = records.capacity();
        this.mask = capacity - 1;
    }

    int capacity() {
        return capacity;
    }

    /** Returns the place of a position. */
    int placeOf(long position) {
        return (int) position & mask;
    }

    /** Returns the word at a position; what was written before it was published can be read after this. */
    long word(long position) {
        return (long) LONGS.getAcquire(records, placeOf(position));
    }

    /** Publishes what was written before, by its word. */
    void publish(long position, long word) {
        LONGS.setRelease(records, placeOf(position), word);
    }

    /** Makes a word say that nothing is there yet; seen before anything that is published later. */
    void clear(long position) {
        words.put(placeOf(position) / Long.BYTES, 0L);
    }

    /** Returns how far the reader has told it is done. */
    long progress() {
        return (long) LONGS.getAcquire(control, Layout.PROGRESS);
    }

    /** Tells that the reader is done with everything before a position. */
    void tellProgress(long position) {
        LONGS.setRelease(control, Layout.PROGRESS, position);
    }

    /** Writes a payload; the buffer's position stays. */
    void put(int place, ByteBuffer from, int index, int lengthBytes) {
        if (lengthBytes >= Long.BYTES && lengthBytes <= WORDWISE) {
            putWords(place, from, index, lengthBytes);
        } else {
            records.put(place, from, index, lengthBytes);
        }
    }

    /**
     * Moves words, as who has just written the message did: those are still on their way to the cache, behind the record
     * before this one. A load as wide as such a store is answered by it; a wider one, such as a copy in bulk makes, waits
     * until that record has reached the cache, which costs more than all else here.
     */
    private void putWords(int place, ByteBuffer from, int index, int lengthBytes) {
        int at = 0;
        for (; at <= lengthBytes - 4 * Long.BYTES; at += 4 * Long.BYTES) {
            putWord(place + at, from, index + at);
            putWord(place + at + Long.BYTES, from, index + at + Long.BYTES);
            putWord(place + at + 2 * Long.BYTES, from, index + at + 2 * Long.BYTES);
            putWord(place + at + 3 * Long.BYTES, from, index + at + 3 * Long.BYTES);
        }
        for (; at <= lengthBytes - Long.BYTES; at += Long.BYTES) {
            putWord(place + at, from, index + at);
        }
        if (at < lengthBytes) {
            // Over a part of the one before.
            putWord(place + lengthBytes - Long.BYTES, from, index + lengthBytes - Long.BYTES);
        }
    }

    private void putWord(int place, ByteBuffer from, int index) {
        LONGS.set(records, place, (long) LONGS.get(from, index));
    }

    /** Returns a view of all records, in place. */
    ByteBuffer records() {
        return records.duplicate();
    }

    /** Returns the word in which the reader says how it sleeps. */
    WaitWord readerWaits() {
        return new WaitWord(control, Layout.READER_WAITS);
    }

    /** Returns the word in which the writer says how it sleeps. */
    WaitWord writerWaits() {
        return new WaitWord(control, Layout.WRITER_WAITS);
    }
}
