package org.ipckit.chronicle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.core.values.LongValue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.ipckit.chronicle.TopicOptions.From;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.InboxSubscription;
import org.ipckit.transport.spi.Nap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the queue of a topic. Where a consumer with a name goes on is kept in the queue, as the tailer of this name would
 * keep it: what was lent is done with when it is consumed, what was copied when the next is asked for.
 *
 * <p>One thread at a time uses it.
 */
final class TopicReader implements Inbox, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);

    /** For those who publish without us: they ring no bell. */
    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(100).toNanos();

    private final Topic topic;
    private final int maxMessageBytes;
    private final AddressOwnership name;
    private final SingleChronicleQueue queue;
    private final QueueReader reader;
    private final LongValue sleeping;
    private final LongValue stored;
    private boolean lent;
    private long done;
    private Ending ending;

    private TopicReader(Topic topic, TopicOptions options, AddressOwnership name, SingleChronicleQueue queue) {
        this.topic = topic;
        this.maxMessageBytes = options.maxMessageBytes();
        this.name = name;
        this.queue = queue;
        this.sleeping = Topic.sleeping(queue);
        this.stored = options.consumer().map(queue::indexForId).orElse(null);
        this.reader = new QueueReader(queue, maxMessageBytes);
        begin(options.from());
    }

    private void begin(From from) {
        long last = stored == null ? 0 : stored.getVolatileValue();
        if (from == From.LAST && last != 0) {
            // At the beginning of a file there may have been nothing yet.
            if (!reader.goTo(last) && queue.rollCycle().toSequenceNumber(last) > 0) {
                LOG.warn(
                        "subscribe to {}: where this consumer has stopped was removed since (keep=), and what it had not"
                                + " read there; it goes on with the oldest message that is kept",
                        topic.address());
            }
            done = last;
            return;
        }
        if (from == From.START) {
            reader.goTo(0);
        } else {
            reader.goToEnd();
        }
        // Of a queue without messages there is no index yet; the first will not be before this.
        long index = reader.nextIndex();
        done = index == 0 ? queue.rollCycle().toIndex(queue.cycle(), 0) : index;
        store();
    }

    /** Subscribes. */
    static Subscription subscribe(Topic topic, TopicOptions options, TimeProvider time) throws IOException {
        TopicReader reader = Uninterrupted.run(() -> open(topic, options, time));
        Nap untilRung = new Nap(LOOK_EVERY_NANOS);
        Closeable bell = reader.listenTo(untilRung);
        return new InboxSubscription(
                topic.address(),
                options.capabilities(),
                options.waitStrategy(),
                reader,
                new AnnouncedSleep(() -> SleepFlag.set(reader.sleeping), reader, untilRung),
                () -> Uninterrupted.run(() -> {
                    try (reader;
                            bell) {
                        return reader;
                    }
                }),
                () -> 0);
    }

    private static TopicReader open(Topic topic, TopicOptions options, TimeProvider time) throws IOException {
        AddressOwnership name = topic.readers().enter(options.consumer());
        SingleChronicleQueue queue = null;
        boolean opened = false;
        try {
            queue = topic.open(options, time);
            TopicReader reader = new TopicReader(topic, options, name, queue);
            opened = true;
            return reader;
        } finally {
            if (!opened) {
                try (name;
                        SingleChronicleQueue unused = queue) {
                    LOG.debug("subscribe to {}: {} is closed again", topic.address(), unused);
                }
            }
        }
    }

    private Closeable listenTo(Nap untilRung) throws IOException {
        boolean listening = false;
        try {
            Closeable bell = Bells.wake(untilRung, topic.bell());
            listening = true;
            return bell;
        } finally {
            if (!listening) {
                close();
            }
        }
    }

    @Override
    public int look() {
        store();
        return next();
    }

    @Override
    public int next() {
        int size = read();
        if (size > maxMessageBytes) {
            ending = Ending.corrupt("a message of " + size + " bytes was published, this subscription takes at most "
                    + maxMessageBytes + " (max-message=)");
            return END;
        }
        return size == QueueReader.NONE ? NONE : size;
    }

    private int read() {
        try {
            return reader.look();
        } catch (RuntimeException refused) {
            throw new MechanismException("receive from " + topic.address() + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public ByteBuffer lend(int sizeBytes) {
        lent = true;
        return reader.message();
    }

    @Override
    public Message copy(int sizeBytes) {
        lent = false;
        return Message.copyOf(reader.message());
    }

    @Override
    public void consume(int sizeBytes) {
        reader.consume();
        done = reader.nextIndex();
        if (lent) {
            store();
        }
    }

    private void store() {
        if (stored != null) {
            stored.setOrderedValue(done);
        }
    }

    @Override
    public Ending ending() {
        return ending;
    }

    @Override
    public void close() throws IOException {
        try (name;
                queue;
                reader) {
            store();
            Queues.release(sleeping);
            if (stored != null) {
                Queues.release(stored);
            }
        }
    }
}
