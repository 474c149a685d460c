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
            put32(to, from, at);
            to += 32;
            at += 32;
        }
        if ((lengthBytes & 16) != 0) {
            LONGS.set(records, to, (long) LONGS.get(from, at));
            LONGS.set(records, to + 8, (long) LONGS.get(from, at + 8));
            to += 16;
            at += 16;
        }
        if ((lengthBytes & 8) != 0) {
            LONGS.set(records, to, (long) LONGS.get(from, at));
        }
        if ((lengthBytes & 7) != 0) {
            // Over a part of the one before.
            int last = lengthBytes - Long.BYTES;
            LONGS.set(records, place + last, (long) LONGS.get(from, index + last));
        }
    }

    // Neither made of the other nor of single words: what lies too many calls deep is not inlined, and a word is six.
    // All loads first: after a store the compiler looks again whether either buffer is still what it was.

    private void put64(int place, ByteBuffer from, int index) {
        long a = (long) LONGS.get(from, index);
        long b = (long) LONGS.get(from, index + 8);
        long c = (long) LONGS.get(from, index + 16);
        long d = (long) LONGS.get(from, index + 24);
        long e = (long) LONGS.get(from, index + 32);
        long f = (long) LONGS.get(from, index + 40);
        long g = (long) LONGS.get(from, index + 48);
        long h = (long) LONGS.get(from, index + 56);
        LONGS.set(records, place, a);
        LONGS.set(records, place + 8, b);
        LONGS.set(records, place + 16, c);
        LONGS.set(records, place + 24, d);
        LONGS.set(records, place + 32, e);
        LONGS.set(records, place + 40, f);
        LONGS.set(records, place + 48, g);
        LONGS.set(records, place + 56, h);
    }

    private void put32(int place, ByteBuffer from, int index) {
        long a = (long) LONGS.get(from, index);
        long b = (long) LONGS.get(from, index + 8);
        long c = (long) LONGS.get(from, index + 16);
        long d = (long) LONGS.get(from, index + 24);
        LONGS.set(records, place, a);
        LONGS.set(records, place + 8, b);
        LONGS.set(records, place + 16, c);
        LONGS.set(records, place + 24, d);
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
