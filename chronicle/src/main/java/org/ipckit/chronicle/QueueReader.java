package org.ipckit.chronicle;

import java.io.Closeable;
import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Reads the messages of a queue one after the other. The one that comes next is looked at as often as one likes, and
 * consumed when it is done with. One thread at a time uses it.
 */
final class QueueReader implements Closeable {

    /** There is no message now. */
    static final int NONE = -1;

    private final ExcerptTailer tailer;
    private final int maxMessageBytes;
    private ByteBuffer message = ByteBuffer.allocateDirect(4096);
    private int size = NONE;

    /** @param maxMessageBytes of what is larger only the size is told */
    QueueReader(SingleChronicleQueue queue, int maxMessageBytes) {
        this.tailer = queue.createTailer();
        this.tailer.singleThreadedCheckDisabled(true);
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Begins with the message of this index, which may be one that has not come yet.
     *
     * @param index 0 for the first there is
     * @return false if what was there is removed; then it begins with the first there is
     */
    boolean goTo(long index) {
        if (index == 0 || tailer.moveToIndex(index)) {
            return true;
        }
        // To one that is not there yet a tailer does not move, but it gets there by reading the one before.
        boolean there = tailer.moveToIndex(index - 1);
        if (there) {
            read();
        } else {
            tailer.toStart();
        }
        size = NONE;
        return there;
    }

    /** Begins with the message that comes next. */
    void goToEnd() {
        tailer.toEnd();
    }

    /** Returns the name of the file that the last message was read from. */
    String fileName() {
        return tailer.currentFile().getName();
    }

    /** Returns the cycle of the last message that was read. */
    int cycle() {
        return tailer.cycle();
    }

    /** Returns the size of the next message, or {@link #NONE}. */
    int look() {
        if (size == NONE) {
            // An interrupt would end some step in the middle of it.
            boolean interrupted = Thread.interrupted();
            try {
                size = read();
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        return size;
    }

    private int read() {
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return NONE;
            }
            Bytes<?> bytes = document.wire().bytes();
            int length = Math.toIntExact(bytes.readRemaining());
            if (length <= maxMessageBytes + 1) {
                if (message.capacity() < length) {
                    message = ByteBuffer.allocateDirect(Integer.highestOneBit(length - 1) << 1);
                }
                bytes.read(message.clear().limit(length));
                message.flip();
                if (length > 0 && Padding.isAll(message)) {
                    message.limit(--length);
                }
            }
            return length;
        }
    }

    /** Returns the next message, read-only; it is overwritten by the one after it. */
    ByteBuffer message() {
        return message.asReadOnlyBuffer();
    }

    /** Goes on to the message after the next one. */
    void consume() {
        size = NONE;
    }

    /** Returns the index of the first message that was not consumed. */
    long nextIndex() {
        return size == NONE ? tailer.index() : tailer.lastReadIndex();
    }

    @Override
    public void close() {
        tailer.close();
    }
}
