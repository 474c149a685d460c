package org.ipckit.chronicle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * The sending end of one direction: the queue that this side alone writes to. It goes on to another file when one is full,
 * so that the reader can remove those it is done with: queues do so by the time, so the time here is told by the size.
 *
 * <p>One thread at a time uses it.
 */
final class Outgoing implements Closeable {

    private final SingleChronicleQueue queue;
    private final QueueWriter writer;
    private final LongValue sleeping;
    private final int rollBytes;
    private long files = 1;

    Outgoing(Path folder, int rollBytes) throws IOException {
        this.queue = Queues.open(folder, Incoming.CYCLE, () -> files * Incoming.CYCLE.lengthInMillis());
        this.writer = new QueueWriter(queue);
        this.sleeping = Queues.value(queue, Incoming.SLEEPING);
        this.rollBytes = rollBytes;
    }

    /**
     * Appends a message.
     *
     * @return true if the reader sleeps and has to be woken
     */
    boolean append(ByteBuffer message) throws IOException {
        if (writer.append(message) > rollBytes) {
            files++;
        }
        return SleepFlag.take(sleeping);
    }

    @Override
    public void close() {
        Queues.release(sleeping);
        try (queue;
                writer) {
            // closed in the opposite order
        }
    }
}
