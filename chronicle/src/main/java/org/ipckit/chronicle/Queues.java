package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/** Opens queues, or says in a sentence why one cannot be used. */
final class Queues {

    /** The largest message. A quarter of the block lies over the next one, and a message never passes the end of that. */
    static final int LARGEST_MESSAGE = 16 << 20;

    /** What is mapped at once. The files are that large to look at, but have holes where nothing was written. */
    private static final long BLOCK_BYTES = 128L << 20;

    /** How long one waits for another process in the middle of a step before it is taken for dead. */
    private static final long STEP_MILLIS = 1000;

    private Queues() {}

    /** Opens the queue in a folder, or makes it. The folder is there. */
    static synchronized SingleChronicleQueue open(Path folder, RollCycle cycle, TimeProvider time) throws IOException {
        // What is there can be read, and removed, though the disk is full.
        if (!Files.exists(folder.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE))) {
            DiskRoom.requireForNewFile(folder);
        }
        QueueCheck.requireReadable(folder);
        try {
            // One at a time: the locks that Chronicle takes meanwhile are the process's, not the thread's.
            return SingleChronicleQueueBuilder.binary(folder)
                    .rollCycle(cycle)
                    .timeProvider(time)
                    .blockSize(BLOCK_BYTES)
                    .timeoutMS(STEP_MILLIS)
                    .build();
        } catch (RuntimeException | AssertionError refused) {
            throw new DamagedQueueException(
                    "the queue in " + folder + " cannot be used: " + refused.getMessage(), refused);
        }
    }

    /** Returns a number that everybody who has the queue open shares, and that stays in it. */
    static synchronized LongValue value(SingleChronicleQueue queue, String name) {
        return queue.metaStore().doWithExclusiveLock(numbers -> numbers.acquireValueFor(name, 0));
    }

    /** Gives such numbers back; as long as one is in use the file that it is in stays mapped. */
    static void release(LongValue... numbers) {
        Closeable.closeQuietly((Object[]) numbers);
    }

    /** Removes the files of a queue that come before this one: their names are in order. */
    static void removeFilesBefore(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String other = file.getFileName().toString();
                if (other.endsWith(SingleChronicleQueue.SUFFIX) && other.compareTo(name) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
