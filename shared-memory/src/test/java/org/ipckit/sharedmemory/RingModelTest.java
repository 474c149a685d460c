package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Writer and reader beside the simplest thing that does the same, a queue. */
class RingModelTest {

    private static final int[] CAPACITIES = {256, 512, 1024, 4096};

    @Property(tries = 300)
    void aRingIsAQueueOfBoundedSize(@ForAll long seed) throws CorruptSegmentException {
        Random random = new Random(seed);
        TinyRing ring = new TinyRing(CAPACITIES[random.nextInt(CAPACITIES.length)]);
        Deque<byte[]> model = new ArrayDeque<>();
        int longest = Layout.longestRecord(ring.ring.capacity());

        for (int step = 0; step < 500; step++) {
            int claimed = random.nextInt(longest + 1);
            byte value = (byte) random.nextInt();
            switch (random.nextInt(6)) {
                case 0, 1 -> writeWhole(ring, model, claimed, value);
                case 2 -> writeLessThanWasReserved(ring, model, claimed, random.nextInt(claimed + 1), value);
                case 3 -> abandon(ring, claimed);
                case 4 -> ring.reader.tell();
                default -> requireSame(model.poll(), ring.read());
            }
        }
        while (!model.isEmpty()) {
            requireSame(model.poll(), ring.read());
        }
        assertNull(ring.read());
        ring.reader.tell();
        // An empty ring has room for the longest record, wherever it stands.
        assertEquals(true, ring.write(Word.WHOLE, longest, (byte) 1));
    }

    private static void writeWhole(TinyRing ring, Deque<byte[]> model, int length, byte value)
            throws CorruptSegmentException {
        if (ring.write(Word.WHOLE, length, value)) {
            model.add(bytes(length, value));
        }
    }

    private static void writeLessThanWasReserved(
            TinyRing ring, Deque<byte[]> model, int reserved, int length, byte value) throws CorruptSegmentException {
        int place = ring.writer.reserve(reserved);
        if (place >= 0) {
            ring.fill(place, reserved, value);
            ring.writer.publish(Word.WHOLE, length);
            model.add(bytes(length, value));
        }
    }

    private static void abandon(TinyRing ring, int length) throws CorruptSegmentException {
        int place = ring.writer.reserve(length);
        if (place >= 0) {
            ring.fill(place, length, (byte) -1);
            ring.writer.abandon();
        }
    }

    private static void requireSame(byte[] expected, byte[] read) {
        assertArrayEquals(expected, read);
    }

    private static byte[] bytes(int length, byte value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, value);
        return bytes;
    }
}
