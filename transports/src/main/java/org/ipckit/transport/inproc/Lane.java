package org.ipckit.transport.inproc;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Sleeper;
import org.ipckit.transport.spi.ThreadSleeper;

/** One direction of a connection: a queue of messages, bounded by their bytes. Safe for a writer and a reader. */
final class Lane {

    /** Room for some messages; one that is larger is taken when the queue is empty. */
    private static final int CAPACITY_BYTES = 1 << 20;

    /** What a message costs beside its bytes, so that empty ones are bounded too. */
    private static final int MESSAGE_BYTES = 64;

    private final int maxMessageBytes;
    private final Deque<Message> queue = new ArrayDeque<>();
    private final ThreadSleeper untilRoom = new ThreadSleeper();
    private final ThreadSleeper untilArrival = new ThreadSleeper();
    private long queuedBytes;
    private boolean writerClosed;
    private boolean readerClosed;

    Lane(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Queues the message; false if there is no room. */
    boolean add(Message message) throws IOException {
        synchronized (queue) {
            if (readerClosed) {
                throw new IOException("it has closed");
            }
            if (!queue.isEmpty() && queuedBytes + message.size() + MESSAGE_BYTES > CAPACITY_BYTES) {
                return false;
            }
            queue.add(message);
            queuedBytes += message.size() + MESSAGE_BYTES;
        }
        untilArrival.wake();
        return true;
    }

    /** Returns true if a message of this size would be taken now, unless another comes first. */
    boolean hasRoom(int sizeBytes) throws IOException {
        synchronized (queue) {
            if (readerClosed) {
                throw new IOException("it has closed");
            }
            return queue.isEmpty() || queuedBytes + sizeBytes + MESSAGE_BYTES <= CAPACITY_BYTES;
        }
    }

    /** Returns the first message, null if there is none. */
    Message first() {
        synchronized (queue) {
            return queue.peek();
        }
    }

    /** Removes the first message. */
    void removeFirst() {
        synchronized (queue) {
            queuedBytes -= queue.remove().size() + MESSAGE_BYTES;
        }
        untilRoom.wake();
    }

    boolean isOver() {
        synchronized (queue) {
            return writerClosed && queue.isEmpty();
        }
    }

    void closeByWriter() {
        synchronized (queue) {
            writerClosed = true;
        }
        untilArrival.wake();
    }

    void closeByReader() {
        synchronized (queue) {
            readerClosed = true;
            queue.clear();
        }
        untilRoom.wake();
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    Sleeper untilRoom() {
        return untilRoom;
    }

    Sleeper untilArrival() {
        return untilArrival;
    }
}
