package org.ipckit.chronicle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.spi.PrivateFiles;
import org.ipckit.transport.spi.RunDirectory;

/**
 * The folder of a topic: a Chronicle Queue as every other program makes and reads it, and in the folder {@code ipckit} what
 * ours know of each other.
 *
 * @param address the address, for what is said about it
 * @param folder the queue
 */
record Topic(Address address, Path folder) {

    private static final String OURS = "ipckit";
    private static final String SLEEPING = "ipckit.sleeping";

    /** Returns the topic of an address; its folders are made if they are not there. */
    static Topic of(Address address) throws IOException {
        Path folder = RunDirectory.file(address);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new AccessDeniedException(address + ": " + folder + " is a file, a queue is a folder");
        }
        if (!Files.exists(folder)) {
            PrivateFiles.folder(folder);
        }
        Topic topic = new Topic(address, folder);
        PrivateFiles.folder(folder.resolve(OURS));
        PrivateFiles.folder(topic.readers().folder());
        PrivateFiles.folder(topic.bell());
        return topic;
    }

    Readers readers() {
        return new Readers(address, folder.resolve(OURS).resolve("readers"));
    }

    /** Returns the folder in which a file is changed to wake those who sleep. */
    Path bell() {
        return folder.resolve(OURS).resolve("bell");
    }

    /** Opens the file that is changed. Not a channel: an interrupt would close that. */
    RandomAccessFile openBell() throws IOException {
        return new RandomAccessFile(bell().resolve("bell").toFile(), "rw");
    }

    /** Opens the queue. */
    SingleChronicleQueue open(TopicOptions options, TimeProvider time) throws IOException {
        RollCycle cycle = Roll.of(address, options.roll(), QueueCheck.rollFormat(folder), folder);
        return Queues.open(folder, cycle, time);
    }

    /** Returns where it says that somebody who reads the queue sleeps. */
    static LongValue sleeping(SingleChronicleQueue queue) {
        return Queues.value(queue, SLEEPING);
    }
}
