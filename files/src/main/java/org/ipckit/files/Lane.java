package org.ipckit.files;

import java.util.ArrayDeque;
import java.util.Deque;
import org.ipckit.transport.Message;

/** One direction of a connection, as its file holds it: the messages that nobody has read yet. Numbered from 1. */
final class Lane {

    /** The most messages that wait to be read. */
    static final int MOST_MESSAGES = 64;

    /** The most bytes that wait to be read. */
    static final int MOST_BYTES = 4 << 20;

    /** The largest message: it has room as soon as half of the bytes are known to be read. */
    static final int LARGEST_MESSAGE = MOST_BYTES / 2;

    private final Deque<Message> unread = new ArrayDeque<>();
    private long read;
    private long unreadBytes;
    private boolean closed;

    /** @param read the number of the last message that was read */
    Lane(long read) {
        this.read = read;
    }

    /** Returns true if a message of this size has room. */
    boolean hasRoom(int sizeBytes) {
        return unread.size() < MOST_MESSAGES && unreadBytes + sizeBytes <= MOST_BYTES;
    }

    void add(Message message) {
        unread.add(message);
        unreadBytes += message.size();
    }

    /** Takes out the messages up to this number; returns true if there were any. */
    boolean markRead(long upTo) {
        boolean changed = read < upTo;
        while (read < upTo) {
            unreadBytes -= unread.remove().size();
            read++;
        }
        return changed;
    }

    /** Returns the unread messages; the first has the number after {@link #read}. */
    Iterable<Message> unread() {
        return unread;
    }

    boolean isEmpty() {
        return unread.isEmpty();
    }

    /** Returns the number of the last message that was read. */
    long read() {
        return read;
    }

    /** Returns the number of the last message that was sent. */
    long sent() {
        return read + unread.size();
    }

    /** Returns whether its sender has said goodbye after the last message. */
    boolean isClosed() {
        return closed;
    }

    void setClosed(boolean goodbye) {
        closed = goodbye;
    }
}
