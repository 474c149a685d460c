package org.ipckit.sharedmemory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A ring in this JVM's own memory, with a writer and a reader. */
final class TinyRing {

    /** So small that every test wraps. */
    static final int CAPACITY = 256;

    final ByteBuffer control = ByteBuffer.allocateDirect(Layout.CONTROL_BYTES).order(ByteOrder.nativeOrder());
    final ByteBuffer records;
    final Ring ring;
    final RingWriter writer;
    final RingReader reader;

    TinyRing() {
        this(CAPACITY);
    }

    TinyRing(int capacity) {
        records = ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
        ring = new Ring(control, records);
        writer = new RingWriter(ring);
        reader = new RingReader(ring);
    }

    /** Writes a record of so many bytes of this value; false if there is no room. */
    boolean write(int kind, int length, byte value) throws CorruptSegmentException {
        int place = writer.reserve(length);
        if (place < 0) {
            return false;
        }
        fill(place, length, value);
        writer.publish(kind, length);
        return true;
    }

    void fill(int place, int length, byte value) {
        for (int index = 0; index < length; index++) {
            records.put(place + index, value);
        }
    }

    /** Returns what the next record holds, null if there is none. */
    byte[] read() throws CorruptSegmentException {
        long word = reader.look();
        if (word == 0) {
            return null;
        }
        byte[] bytes = new byte[Word.length(word)];
        records.get(reader.place(), bytes);
        reader.advance(bytes.length);
        return bytes;
    }
}
