package org.ipckit.redis;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.MessageInbox;

/**
 * The messages that have come to this process and wait to be received. Whichever thread reads from the server adds; one
 * receives.
 */
final class Backlog extends MessageInbox {

    /** More is left to the server, which ends the session of one who is too slow. */
    private static final long MOST_WAITING_BYTES = 64L << 20;

    /** Where more comes from; called by the one who receives. */
    interface Source {
        /** Takes in what has come. */
        void look();

        /** Returns why nothing more will come, null while something may; what came before it was added before. */
        Ending over();

        /** A look has found nothing. */
        default void foundNothing() {}
    }

    private final Source source;
    private final Queue<Message> arrived = new ConcurrentLinkedQueue<>();
    private final AtomicLong arrivedBytes = new AtomicLong();

    /** What is not to be received yet; used by whoever adds. */
    private final Queue<Message> held = new ArrayDeque<>();

    private boolean holding;

    Backlog(int maxMessageBytes, Source source) {
        super(maxMessageBytes);
        this.source = source;
    }

    /** Adds a copy of what is left of the buffer. */
    void add(ByteBuffer message) {
        (holding ? held : arrived).add(Message.copyOf(message));
        arrivedBytes.addAndGet(message.remaining());
    }

    /** What is added from now on is not received before {@link #release}; whoever adds calls both. */
    void hold() {
        holding = true;
    }

    /** What was held may be received. */
    void release() {
        holding = false;
        arrived.addAll(held);
        held.clear();
    }

    /** Returns true if no more should be read from the server before some was received. */
    boolean isFull() {
        return arrivedBytes.get() > MOST_WAITING_BYTES;
    }

    @Override
    public int look() {
        int known = next();
        if (known != NONE) {
            return known;
        }
        source.look();
        // Asked before the last look: what came before the end is found by that.
        boolean end = source.over() != null;
        known = next();
        if (known != NONE) {
            return known;
        }
        if (end) {
            return END;
        }
        source.foundNothing();
        return NONE;
    }

    @Override
    protected Message first() {
        return arrived.peek();
    }

    @Override
    public void consume(int sizeBytes) {
        arrivedBytes.addAndGet(-arrived.remove().size());
    }

    @Override
    protected Ending whyOver() {
        return source.over();
    }
}
