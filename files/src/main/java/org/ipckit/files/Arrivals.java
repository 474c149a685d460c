package org.ipckit.files;

import java.util.ArrayDeque;
import java.util.Deque;
import org.ipckit.transport.Message;

/**
 * The messages that have come to one side, which stay in the file until they are marked as read. One thread at a time uses
 * it.
 */
final class Arrivals {

    private final Deque<Message> waiting = new ArrayDeque<>();
    private long lastArrived;
    private long lastConsumed;
    private long unmarkedBytes;

    /** @param lane what was said to this side until now: only what is not read yet is still to come */
    Arrivals(Lane lane) {
        this.lastArrived = lane.read();
        this.lastConsumed = lastArrived;
    }

    /** Returns the number of the last message that has come. */
    long last() {
        return lastArrived;
    }

    /** Takes what is new. */
    void take(Lane lane) {
        long number = lane.read();
        for (Message message : lane.unread()) {
            if (++number > lastArrived) {
                waiting.add(message);
                lastArrived = number;
            }
        }
    }

    /** Returns the first message that was not consumed yet; null if there is none. */
    Message first() {
        return waiting.peek();
    }

    /** Goes on to the message after the first. */
    void consumeFirst() {
        lastConsumed++;
        unmarkedBytes += waiting.remove().size();
    }

    /** Returns whether the sender may be waiting until it knows what was consumed. */
    boolean mayHoldUp(Lane lane) {
        return lastConsumed - lane.read() >= Lane.MOST_MESSAGES / 2 || unmarkedBytes > Lane.MOST_BYTES / 2;
    }

    /** Marks in the lane what was consumed; returns true if that was not known. */
    boolean markIn(Lane lane) {
        unmarkedBytes = 0;
        return lane.markRead(lastConsumed);
    }
}
