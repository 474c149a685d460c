package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.IntSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;

/** A writer and a reader at the two ends of one stream. */
class FramesTest {

    private static final int[] SIZES = {
        0, 0, 1, 1, 5, 100, 1000, 65_531, 65_532, 65_533, 65_536, 65_537, 200_000, 3 << 20
    };
    private static final int[] BATCHES = {0, 0, 1, 64, 1000, 65_536, 100_000};
    private static final int[] CHUNKS = {0, 1, 2, 3, 7, 100, 4096, 65_535, 65_536, 1 << 20, 1 << 24};

    /** One side after the other does something at random; what arrives is what was accepted, in its order. */
    @Property(tries = 60)
    void whatIsAcceptedArrivesHoweverTheStreamTakesAndGivesIt(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        ScriptedStream stream = new ScriptedStream();
        stream.takes = chunks(random);
        stream.gives = chunks(random);
        FrameWriter writer = new FrameWriter(stream, any(random, BATCHES));
        FrameReader reader = new FrameReader(stream, 16 << 20);
        Deque<Message> underWay = new ArrayDeque<>();
        int most = random.nextInt(SIZES.length) + 1;

        for (int step = 0; step < 100; step++) {
            switch (random.nextInt(4)) {
                case 0 -> offer(writer, message(random, most), random, underWay);
                case 1 -> claim(writer, message(random, most), random, underWay);
                case 2 -> writer.drain();
                default -> take(reader, random, underWay);
            }
        }
        stream.takes = ScriptedStream.ANY_NUMBER;
        stream.gives = ScriptedStream.ANY_NUMBER;
        assertTrue(writer.drain());
        while (take(reader, random, underWay)) {
            assertFalse(writer.unfinished());
        }
        assertEquals(0, underWay.size(), "messages that did not arrive");
        stream.ended = true;
        assertEquals(Inbox.END, reader.look());
        assertEquals(Ending.Kind.GOODBYE, reader.ending().kind());
    }

    private static int any(Random random, int[] values) {
        return values[random.nextInt(values.length)];
    }

    private static IntSupplier chunks(Random random) {
        int only = random.nextInt(2 * CHUNKS.length);
        return only > 0 && only < CHUNKS.length ? () -> CHUNKS[only] : () -> any(random, CHUNKS);
    }

    private static Message message(Random random, int most) {
        byte[] bytes = new byte[SIZES[random.nextInt(most)]];
        random.nextBytes(bytes);
        return Message.of(bytes);
    }

    private static void offer(FrameWriter writer, Message message, Random random, Deque<Message> underWay)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(message.toByteArray());
        if (writer.begin(buffer)) {
            underWay.add(message);
            if (random.nextBoolean()) {
                writer.drain();
            }
        }
        writer.keep();
        assertEquals(message.size(), buffer.remaining(), "read, not consumed");
        new Random(0).nextBytes(buffer.array());
    }

    private static void claim(FrameWriter writer, Message message, Random random, Deque<Message> underWay)
            throws IOException {
        ByteBuffer claim = writer.claim(message.size() + random.nextInt(100));
        if (claim == null) {
            return;
        }
        claim.put(message.asByteBuffer());
        if (random.nextInt(5) == 0) {
            writer.abort();
            return;
        }
        writer.commit(message.size());
        underWay.add(message);
        if (random.nextBoolean()) {
            writer.drain();
        }
    }

    private static boolean take(FrameReader reader, Random random, Deque<Message> underWay) {
        int size = random.nextInt(4) == 0 ? reader.next() : reader.look();
        if (size < 0) {
            assertEquals(Inbox.NONE, size);
            size = reader.look();
        }
        if (size < 0) {
            return false;
        }
        Message message = random.nextBoolean() ? reader.copy(size) : Message.copyOf(reader.lend(size));
        assertEquals(underWay.remove(), message);
        reader.consume(size);
        return true;
    }

    // ---------------------------------------------------------------- memory

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
    }

    @Test
    void aLengthThatIsOnlyAnnouncedCostsNoMemory() {
        ScriptedStream stream = new ScriptedStream();
        FrameReader reader = new FrameReader(stream, 16 << 20);
        long before = directBytes();
        stream.put(ByteBuffer.allocate(104).putInt(0, 16 << 20));

        assertEquals(Inbox.NONE, reader.look());

        assertTrue(directBytes() - before < 256 << 10, "direct bytes: " + (directBytes() - before));
    }

    @Test
    void theBufferGrowsWithTheBytesThatCome() {
        ScriptedStream stream = new ScriptedStream();
        FrameReader reader = new FrameReader(stream, 16 << 20);
        FrameBuffer buffer = reader.buffer();
        stream.put(ByteBuffer.allocate(4).putInt(0, 16 << 20));
        int came = 4;
        for (int part = 0; part < 40; part++) {
            stream.put(ByteBuffer.allocate(100_000));
            came += 100_000;
            assertEquals(Inbox.NONE, reader.look());
            assertTrue(buffer.capacity() <= 2 * came, buffer.capacity() + " for " + came);
        }
    }

    @Test
    void bothSidesGiveTheMemoryOfALargeMessageBackWhenOnlySmallOnesFollow() throws IOException {
        for (int batch : new int[] {0, 1000}) {
            ScriptedStream stream = new ScriptedStream();
            FrameWriter writer = new FrameWriter(stream, batch);
            FrameReader reader = new FrameReader(stream, 16 << 20);
            writer.claim(5 << 20);
            writer.commit(5 << 20);
            assertTrue(writer.drain());
            reader.consume(reader.look());
            assertTrue(writer.buffer().capacity() >= 5 << 20);
            assertTrue(reader.buffer().capacity() >= 5 << 20);

            for (int each = 0; each < 100; each++) {
                assertTrue(writer.begin(ByteBuffer.allocate(900)));
                assertTrue(writer.drain());
                reader.consume(reader.look());
            }

            assertEquals(64 << 10, writer.buffer().capacity(), "writer, batch " + batch);
            assertEquals(64 << 10, reader.buffer().capacity(), "reader, batch " + batch);
        }
    }

    @Test
    void aMessageCostsNoObjectOnceTheBuffersAreThere() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int batch : new int[] {0, 4096}) {
            ScriptedStream stream = new ScriptedStream();
            FrameWriter writer = new FrameWriter(stream, batch);
            FrameReader reader = new FrameReader(stream, 1 << 20);
            ByteBuffer message = ByteBuffer.allocateDirect(64);
            exchange(writer, reader, message, 1000);

            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            exchange(writer, reader, message, 10_000);
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

            assertTrue(allocated < 10_000, "bytes allocated for 10000 messages, batch " + batch + ": " + allocated);
        }
    }

    private static void exchange(FrameWriter writer, FrameReader reader, ByteBuffer message, int rounds)
            throws IOException {
        for (int round = 0; round < rounds; round++) {
            writer.begin(message);
            writer.keep();
            writer.claim(32).putLong(0, round);
            writer.commit(8);
            writer.drain();
            long sum = reader.lend(reader.look()).getLong(0);
            reader.consume(64);
            sum += reader.lend(reader.look()).getLong(0);
            reader.consume(8);
            if (sum != round) {
                throw new AssertionError(sum + " instead of " + round);
            }
        }
    }
}
