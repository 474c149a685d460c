package org.ipckit.redis;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.spi.ByteStream;

/**
 * What comes over a session: answers, in the order of the commands, and between them what the server says unasked. Whoever
 * looks first reads, and hands over to whom it concerns.
 */
final class Replies {

    private static final Arrival NOBODY = (channel, message) -> {};
    private static final ByteBuffer MESSAGE = StandardCharsets.US_ASCII.encode("message");

    private final ByteStream stream;
    private final SessionEnd end;
    private final RespReader reader;
    private final ReentrantLock reading = new ReentrantLock();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger confirmed = new AtomicInteger();
    private volatile Arrival arrival = NOBODY;

    Replies(ByteStream stream, int longestBytes, SessionEnd end) {
        this.stream = stream;
        this.end = end;
        this.reader = new RespReader(longestBytes);
    }

    /** Says who takes messages from now on. */
    void onMessage(Arrival taker) {
        arrival = taker;
    }

    /** The next command's answer is for this one; called in the order of the commands. */
    void expect(Answer answer) {
        unanswered.incrementAndGet();
        answers.add(answer);
    }

    /** Returns how many commands were not answered yet. */
    int unanswered() {
        return unanswered.get();
    }

    /** Returns how often the server has said that a subscription begins or ends. */
    int confirmed() {
        return confirmed.get();
    }

    /** Takes in what has come; returns true if anything has, or the session has ended by that. */
    boolean look() {
        if (end.reason() != null || !reading.tryLock()) {
            return false;
        }
        try {
            boolean any = false;
            while (end.reason() == null && readOnce()) {
                any = true;
            }
            return any || end.reason() != null;
        } finally {
            reading.unlock();
        }
    }

    private boolean readOnce() {
        try {
            int count = stream.read(reader.space());
            reader.filled();
            if (count < 0) {
                end.because(new EOFException("the server has closed the connection"));
                return true;
            }
            for (Object value = count == 0 ? null : reader.next(); value != null; value = reader.next()) {
                take(value);
            }
            return count > 0;
        } catch (IOException refused) {
            end.because(refused);
            return true;
        }
    }

    private void take(Object value) {
        if (value instanceof RespReader.Push push) {
            takePush(push.parts());
            return;
        }
        Answer answer = answers.poll();
        unanswered.decrementAndGet();
        if (answer == null) {
            // A subscription that is refused is answered like this, and a server that ends a client says so.
            end.because(
                    value instanceof ServerError error
                            ? new RefusedException(error)
                            : new IOException("the server says " + value));
        } else {
            answer.take(value);
        }
    }

    private void takePush(List<Object> parts) {
        // Compared as it is, and first: of all that comes this is what there are many of.
        if (MESSAGE.equals(parts.get(0))) {
            arrival.message((ByteBuffer) parts.get(1), (ByteBuffer) parts.get(2));
            return;
        }
        switch (RespValues.text(parts.get(0))) {
            case "pmessage" -> arrival.message((ByteBuffer) parts.get(2), (ByteBuffer) parts.get(3));
            case "subscribe", "psubscribe", "unsubscribe", "punsubscribe" -> confirmed.incrementAndGet();
            default -> {
                // Such as that keys have changed, which nobody has asked for.
            }
        }
    }
}
