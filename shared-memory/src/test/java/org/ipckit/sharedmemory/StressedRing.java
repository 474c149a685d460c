package org.ipckit.sharedmemory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The shipped writer and reader on mapped memory, in a ring so small that it wraps: what was there before is from an
 * earlier lap, and must never be taken for something new.
 */
final class StressedRing {

    /** What {@link #read} returns if nothing is there, and if what is there is not what was written. */
    static final int NOTHING = 0;

    static final int TORN = -1;

    private static final int SMALL = 256;
    private static final int LARGER = 512;

    // Made by the hundred thousand, they take turns in one mapping.
    private static final int SLOTS = 1 << 15;
    private static final int SLOT_BYTES = Layout.CONTROL_BYTES + 2 * Layout.CACHE_LINE + LARGER;
    private static final ByteBuffer MEMORY = map();
    private static final AtomicInteger TAKEN = new AtomicInteger();

    final Ring ring;
    private final ByteBuffer records;
    private final RingWriter writer;
    private final RingReader reader;
    private final ByteBuffer payload = ByteBuffer.allocateDirect(LARGER);

    private StressedRing(int capacity) {
        int slot = (TAKEN.getAndIncrement() & (SLOTS - 1)) * SLOT_BYTES;
        MEMORY.put(slot, new byte[SLOT_BYTES]);
        ring = new Ring(MEMORY.slice(slot, Layout.CONTROL_BYTES), MEMORY.slice(slot + SLOT_BYTES - LARGER, capacity));
        records = ring.records();
        writer = new RingWriter(ring);
        reader = new RingReader(ring);
    }

    private static ByteBuffer map() {
        try {
            Path file = Files.createTempDirectory(Path.of("/dev/shm"), "ipckit-stress")
                    .resolve("rings");
            ByteBuffer memory = MappedMemory.create(file, SLOTS * SLOT_BYTES).bytes();
            Files.delete(file);
            Files.delete(file.getParent());
            return memory.order(ByteOrder.nativeOrder());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Returns one of 256 bytes, empty, somewhere in one of its first laps. */
    static StressedRing empty() {
        StressedRing made = new StressedRing(SMALL);
        made.pass(ThreadLocalRandom.current().nextInt(3 * SMALL / Layout.CACHE_LINE));
        return made;
    }

    /** Returns one of 256 bytes, somewhere, that holds 1, 2 and 3 and no more. */
    static StressedRing full() {
        StressedRing made = empty();
        for (int number = 1; number <= 3; number++) {
            made.write(Long.BYTES, number);
        }
        return made;
    }

    /** Returns one in which a record of more than 56 bytes does not fit before the end. */
    static StressedRing atItsEnd() {
        StressedRing made = new StressedRing(LARGER);
        int laps = ThreadLocalRandom.current().nextInt(3);
        made.pass((laps + 1) * LARGER / Layout.CACHE_LINE - 1);
        return made;
    }

    /** Lets records go through, which leave their words and payloads behind. */
    private void pass(int count) {
        for (int number = 0; number < count; number++) {
            write(40, 99);
            read();
            tell();
        }
    }

    /** Writes a record in which each eight bytes are this number; false if there is no room. */
    boolean write(int lengthBytes, int number) {
        for (int index = 0; index < lengthBytes; index += Long.BYTES) {
            payload.putLong(index, number);
        }
        try {
            int place = writer.reserve(lengthBytes);
            if (place < 0) {
                return false;
            }
            ring.payloads().put(place, payload, 0, lengthBytes);
            writer.publish(Word.WHOLE, lengthBytes);
            return true;
        } catch (CorruptSegmentException strange) {
            throw new AssertionError(strange);
        }
    }

    /** Reads the number of the next record. */
    int read() {
        try {
            long word = reader.look();
            if (word == 0) {
                return NOTHING;
            }
            int length = Word.length(word);
            int place = reader.place();
            long number = records.getLong(place);
            for (int index = 0; index < length; index += Long.BYTES) {
                if (records.getLong(place + index) != number) {
                    return TORN;
                }
            }
            reader.advance(length);
            return (int) number;
        } catch (CorruptSegmentException strange) {
            throw new AssertionError(strange);
        }
    }

    /** Looks whether there is a record. */
    boolean arrived() {
        try {
            return reader.look() != 0;
        } catch (CorruptSegmentException strange) {
            throw new AssertionError(strange);
        }
    }

    /** Looks whether there is the room that there was none of. */
    boolean hasRoom() {
        try {
            return writer.roomNow();
        } catch (CorruptSegmentException strange) {
            throw new AssertionError(strange);
        }
    }

    /** Tells the writer how far the reader is. */
    void tell() {
        reader.tell();
    }
}
