package org.ipckit.chronicle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;

/**
 * The receiving end of one direction: the queues of its lane, the oldest first. What was consumed is so in the queue at
 * once, and a file or queue that is done with is removed.
 *
 * <p>One thread at a time uses it.
 */
final class Incoming implements Closeable {

    /** By time it would be a file a minute; what tells the time is in {@link Outgoing}. */
    static final RollCycle CYCLE = LegacyRollCycles.MINUTELY;

    /** Where the reader is, under the name that a tailer of this name has it. */
    static final String READER = "reader";

    /** Whether the reader sleeps. */
    static final String SLEEPING = "ipckit.sleeping";

    private final Lane lane;
    private final List<Long> numbers;
    private final int maxMessageBytes;
    private Opened opened;

    /** @param last the number of the queue that the peer writes to */
    Incoming(Lane lane, long last, int maxMessageBytes) throws IOException {
        this.lane = lane;
        this.numbers = lane.numbers();
        this.numbers.removeIf(number -> number > last);
        this.maxMessageBytes = maxMessageBytes;
        this.opened = new Opened(lane.queue(numbers.get(0)), maxMessageBytes);
    }

    /** One queue of the lane. */
    private static final class Opened implements Closeable {

        final Path folder;
        final SingleChronicleQueue queue;
        final QueueReader reader;
        final LongValue next;
        final LongValue sleeping;
        int cycle;

        Opened(Path folder, int maxMessageBytes) throws IOException {
            this.folder = folder;
            this.queue = Queues.open(folder, CYCLE, CYCLE::lengthInMillis);
            this.next = queue.indexForId(READER);
            this.sleeping = Queues.value(queue, SLEEPING);
            this.reader = new QueueReader(queue, maxMessageBytes);
            reader.goTo(next.getVolatileValue());
            this.cycle = CYCLE.toCycle(next.getVolatileValue());
        }

        void consume() throws IOException {
            reader.consume();
            next.setOrderedValue(reader.nextIndex());
            if (reader.cycle() != cycle) {
                cycle = reader.cycle();
                Queues.removeFilesBefore(folder, reader.fileName());
            }
        }

        @Override
        public void close() {
            Queues.release(next, sleeping);
            try (queue;
                    reader) {
                // closed in the opposite order
            }
        }
    }

    /** Returns true if there is a message in the queue that was not consumed. Nobody else uses it. */
    static boolean hasUnread(Path folder) throws IOException {
        try (Opened queue = new Opened(folder, 0)) {
            return queue.reader.look() != QueueReader.NONE;
        }
    }

    /** Returns the size of the next message, or {@link QueueReader#NONE}. */
    int look() throws IOException {
        int size = opened.reader.look();
        while (size == QueueReader.NONE && numbers.size() > 1) {
            opened.close();
            lane.remove(numbers.remove(0));
            opened = new Opened(lane.queue(numbers.get(0)), maxMessageBytes);
            size = opened.reader.look();
        }
        return size;
    }

    /** Returns the next message, read-only; valid until it is consumed. */
    ByteBuffer message() {
        return opened.reader.message();
    }

    /** Goes on to the message after the next one. */
    void consume() throws IOException {
        opened.consume();
    }

    /** Makes the sender wake this side when a message comes, unless it finds one now. */
    void sayAsleep() {
        SleepFlag.set(opened.sleeping);
    }

    @Override
    public void close() {
        opened.close();
    }
}
