package org.ipckit.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.ipckit.redis.StreamEntries.StreamEntry;

/**
 * The messages of a stream on their way through this process: they have come, are in the caller's hands, and then done
 * with, which the server is told. Any thread adds; one takes.
 */
final class Deliveries {

    private final StreamReader reader;
    private final Queue<StreamEntry> arrived = new ConcurrentLinkedQueue<>();
    private final Queue<String> done = new ConcurrentLinkedQueue<>();
    private final AtomicLong trimmed = new AtomicLong();

    /** What the caller has, and may still be busy with. */
    private volatile String handedOut;

    Deliveries(StreamReader reader) {
        this.reader = reader;
    }

    /** Adds what has come, if it had not come before. */
    void add(StreamEntry entry) {
        if (!reader.isNew(entry)) {
            return;
        }
        if (entry.message() == null) {
            trimmed.incrementAndGet();
            done.add(entry.id());
        } else {
            arrived.add(entry);
        }
    }

    /** Returns how many were trimmed before they were read. */
    long trimmed() {
        return trimmed.get();
    }

    int size() {
        return arrived.size();
    }

    /** Returns the first that waits to be received, null if none does. */
    StreamEntry first() {
        return arrived.peek();
    }

    /** The caller's handler has returned. */
    void finishFirst() {
        done.add(arrived.remove().id());
    }

    /** The caller has the first, until it comes again. */
    void handOutFirst() {
        handedOut = arrived.remove().id();
    }

    /** The caller has come again, or closes; returns false if it had nothing. */
    boolean finishHandedOut() {
        String id = handedOut;
        if (id == null) {
            return false;
        }
        handedOut = null;
        done.add(id);
        return true;
    }

    /** Tells the server what is done with, many at a time if there are. */
    void acknowledge(Session side) {
        if (done.isEmpty() || side.ended() != null) {
            return;
        }
        List<String> ids = new ArrayList<>();
        for (String id = done.poll(); id != null; id = done.poll()) {
            ids.add(id);
        }
        List<Object> words = reader.acknowledging(ids);
        if (words.isEmpty()) {
            return;
        }
        try {
            side.send(answer -> answered(side, answer, ids), words.toArray());
        } catch (IOException sessionHasEnded) {
            // They are done with all the same, and said to be with the next session.
            done.addAll(ids);
        }
    }

    private void answered(Session side, Object answer, List<String> ids) {
        if (answer instanceof ServerError error && error.isElsewhere()) {
            done.addAll(ids);
            side.abandon("another server has the stream now: " + error);
        } else {
            reader.acknowledged(ids);
        }
    }
}
