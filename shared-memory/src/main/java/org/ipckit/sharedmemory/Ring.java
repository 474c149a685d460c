package org.ipckit.sharedmemory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipckit.transport.spi.WordwiseMemory;

/**
 * The memory of one ring: words, payloads and the reader's progress. Positions count bytes since the beginning and never
 * come back; their low bits are the place in the ring.
 */
final class Ring {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer control;
    private final ByteBuffer records;
    private final WordwiseMemory payloads;
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
        this.payloads = new WordwiseMemory(records);
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
        payloads.putWord(placeOf(position), 0L);
    }

    /** Returns how far the reader has told it is done. */
    long progress() {
        return (long) LONGS.getAcquire(control, Layout.PROGRESS);
    }

    /** Tells that the reader is done with everything before a position. */
    void tellProgress(long position) {
        LONGS.setRelease(control, Layout.PROGRESS, position);
    }

    /** Returns the memory of all records, to move payloads into. */
    WordwiseMemory payloads() {
        return payloads;
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
