package org.ipckit.chronicle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.Publication;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.Nap;
import org.ipckit.transport.spi.Waiter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends messages to the queue of a topic. It cannot know who will read them: receivers are always -1. */
final class TopicPublication implements Publication {

    private static final Logger LOG = LoggerFactory.getLogger(TopicPublication.class);
    private static final long COUNT_EVERY_NANOS = Duration.ofMillis(10).toNanos();

    private final Topic topic;
    private final Capabilities capabilities;
    private final SingleChronicleQueue queue;
    private final QueueWriter writer;
    private final LongValue sleeping;
    private final RandomAccessFile bell;
    private final Upkeep upkeep;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean closed;

    private TopicPublication(Topic topic, TopicOptions options, SingleChronicleQueue queue, RandomAccessFile bell)
            throws IOException {
        this.topic = topic;
        this.capabilities = options.capabilities();
        this.queue = queue;
        this.bell = bell;
        this.sleeping = Topic.sleeping(queue);
        this.writer = new QueueWriter(queue);
        this.upkeep = new Upkeep(queue, options.keep());
        upkeep.look(queue.cycle());
    }

    static TopicPublication open(Topic topic, TopicOptions options, TimeProvider time) throws IOException {
        RandomAccessFile bell = topic.openBell();
        SingleChronicleQueue queue = null;
        boolean opened = false;
        try {
            queue = topic.open(options, time);
            TopicPublication publication = new TopicPublication(topic, options, queue, bell);
            opened = true;
            return publication;
        } finally {
            if (!opened) {
                try (bell;
                        SingleChronicleQueue unused = queue) {
                    LOG.debug("publish to {}: {} is closed again", topic.address(), unused);
                }
            }
        }
    }

    @Override
    public int publish(ByteBuffer message) {
        if (message.remaining() > capabilities.maxMessageSize()) {
            throw new MessageTooLargeException("publish to " + address() + ": message of " + message.remaining()
                    + " bytes, this topic carries at most " + capabilities.maxMessageSize() + " (max-message=)");
        }
        lock.lock();
        try {
            requireOpen();
            writer.append(message);
            if (SleepFlag.take(sleeping)) {
                bell.seek(0);
                bell.write(1);
            }
            upkeep.look(queue.cycle());
            return -1;
        } catch (IOException refused) {
            throw new MechanismException("publish to " + address() + ": " + refused.getMessage(), refused);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean awaitSubscribers(int count, Duration timeout) {
        Waiter waiter = new Waiter(WaitStrategy.BLOCK, new Nap(COUNT_EVERY_NANOS), "await subscribers of", address());
        return waiter.await(() -> subscribers() >= count, Deadline.after(timeout));
    }

    private int subscribers() {
        requireOpen();
        try {
            return Uninterrupted.run(topic.readers()::count);
        } catch (IOException refused) {
            throw new MechanismException("await subscribers of " + address() + ": " + refused.getMessage(), refused);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ConnectionClosedException(By.THIS_SIDE, "publish to " + address() + ": this side has closed");
        }
    }

    @Override
    public Address address() {
        return topic.address();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public void close() {
        lock.lock();
        try (bell;
                queue;
                writer) {
            closed = true;
            Queues.release(sleeping);
        } catch (IOException refused) {
            throw new MechanismException("close of " + address() + ": " + refused.getMessage(), refused);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "Publication[" + address() + "]";
    }
}
