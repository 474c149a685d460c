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

    private static final int WORD_BITS = 3;

    /** Shorter payloads are moved word by word. */
    private static final int WORDWISE = 256;

    private final ByteBuffer control;
    private final ByteBuffer records;

    /** The same by words, for plain stores: after one through a handle the compiler looks again at all it knew of buffers. */
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
        words.put(placeOf(position) >>> WORD_BITS, 0L);
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
     *
     * <p>The last comes first: the reader, who looks at the record's first line all the time, would take that line away
     * between its payload and its word, while the line after it is fetched.
     */
    private void putWords(int place, ByteBuffer from, int index, int lengthBytes) {
        if ((lengthBytes & 7) != 0) {
            // The next one lies over a part of it.
            int last = lengthBytes - Long.BYTES;
            LONGS.set(records, place + last, (long) LONGS.get(from, index + last));
        }
        int at = lengthBytes & -Long.BYTES;
        // No loop: what the compiler puts before one takes longer than the words of a short message.
        if ((lengthBytes & 8) != 0) {
            at -= 8;
            words.put((place + at) >>> WORD_BITS, (long) LONGS.get(from, index + at));
        }
        if ((lengthBytes & 16) != 0) {
            at -= 16;
            put16(place + at, from, index + at);
        }
        if ((lengthBytes & 32) != 0) {
            at -= 32;
            put32(place + at, from, index + at);
        }
        if ((lengthBytes & 64) != 0) {
            at -= 64;
            put64(place + at, from, index + at);
        }
        if ((lengthBytes & 128) != 0) {
            put64(place + 64, from, index + 64);
            put64(place, from, index);
        }
    }

    // None made of another nor of single words: what lies too many calls deep is not inlined, and a word is six.

    private void put64(int place, ByteBuffer from, int index) {
        int to = place >>> WORD_BITS;
        long a = (long) LONGS.get(from, index);
        long b = (long) LONGS.get(from, index + 8);
        long c = (long) LONGS.get(from, index + 16);
        long d = (long) LONGS.get(from, index + 24);
        long e = (long) LONGS.get(from, index + 32);
        long f = (long) LONGS.get(from, index + 40);
        long g = (long) LONGS.get(from, index + 48);
        long h = (long) LONGS.get(from, index + 56);
        words.put(to + 7, h);
        words.put(to + 6, g);
        words.put(to + 5, f);
        words.put(to + 4, e);
        words.put(to + 3, d);
        words.put(to + 2, c);
        words.put(to + 1, b);
        words.put(to, a);
    }

    private void put32(int place, ByteBuffer from, int index) {
        int to = place >>> WORD_BITS;
        long a = (long) LONGS.get(from, index);
        long b = (long) LONGS.get(from, index + 8);
        long c = (long) LONGS.get(from, index + 16);
        long d = (long) LONGS.get(from, index + 24);
        words.put(to + 3, d);
        words.put(to + 2, c);
        words.put(to + 1, b);
        words.put(to, a);
    }

    private void put16(int place, ByteBuffer from, int index) {
        int to = place >>> WORD_BITS;
        long a = (long) LONGS.get(from, index);
        long b = (long) LONGS.get(from, index + 8);
        words.put(to + 1, b);
        words.put(to, a);
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
