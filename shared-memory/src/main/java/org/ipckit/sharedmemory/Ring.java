package org.ipckit.sharedmemory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of one ring: words, payloads and the reader's progress. Positions count bytes since the beginning and never
 * come back; their low bits are the place in the ring.
 */
final class Ring {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** Shorter payloads are moved word by word. */
    private static final int WORDWISE = 256;

    private final ByteBuffer control;
    private final ByteBuffer records;
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
        LONGS.set(records, placeOf(position), 0L);
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
        if (lengthBytes >= Long.BYTES && lengthBytes < WORDWISE) {
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
        int to = place;
        int at = index;
        // No loop: what the compiler puts before one takes longer than the words of a short message.
        if ((lengthBytes & 128) != 0) {
            put64(to, from, at);
            put64(to + 64, from, at + 64);
            to += 128;
            at += 128;
        }
        if ((lengthBytes & 64) != 0) {
            put64(to, from, at);
            to += 64;
            at += 64;
        }
        if ((lengthBytes & 32) != 0) {
            put16(to, from, at);
            put16(to + 16, from, at + 16);
            to += 32;
            at += 32;
        }
        if ((lengthBytes & 16) != 0) {
            put16(to, from, at);
            to += 16;
            at += 16;
        }
        if ((lengthBytes & 8) != 0) {
            putWord(to, from, at);
        }
        if ((lengthBytes & 7) != 0) {
            // Over a part of the one before.
            putWord(place + lengthBytes - Long.BYTES, from, index + lengthBytes - Long.BYTES);
        }
    }

    private void put64(int place, ByteBuffer from, int index) {
        put16(place, from, index);
        put16(place + 16, from, index + 16);
        put16(place + 32, from, index + 32);
        put16(place + 48, from, index + 48);
    }

    private void put16(int place, ByteBuffer from, int index) {
        putWord(place, from, index);
        putWord(place + 8, from, index + 8);
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
