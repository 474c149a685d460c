package org.ipckit.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.ipckit.transport.spi.ByteStream;

/** What goes out over a session: commands, and what of them the socket has not taken yet. Any thread adds. */
final class Commands {

    /** More may wait to be written, or unanswered, only while the server is slower than we are. */
    private static final int MOST_PENDING_BYTES = 32 << 20;

    private final ByteStream stream;
    private final Replies replies;
    private final SessionEnd end;
    private final Runnable lastLook;
    private final RespWriter writer = new RespWriter();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean pending;

    /** @param lastLook takes in what has come, when nothing more can be written */
    Commands(ByteStream stream, Replies replies, SessionEnd end, Runnable lastLook) {
        this.stream = stream;
        this.replies = replies;
        this.end = end;
        this.lastLook = lastLook;
    }

    /** Adds a command. */
    void add(Answer answer, Object... words) throws IOException {
        writing.lock();
        try {
            end.requireNone();
            replies.expect(answer);
            writer.command(words);
            write();
        } finally {
            writing.unlock();
        }
    }

    /** Adds a command that is not answered, unless it is refused: what confirms it comes as a message does. */
    void addUnanswered(Object... words) throws IOException {
        writing.lock();
        try {
            end.requireNone();
            writer.command(words);
            write();
        } finally {
            writing.unlock();
        }
    }

    /** Adds a PUBLISH of a mark and the bytes of a message; false if there is no room for it now. */
    boolean publish(Answer answer, byte[] channel, byte mark, ByteBuffer message) throws IOException {
        writing.lock();
        try {
            end.requireNone();
            if (!hasRoom(message.remaining())) {
                return false;
            }
            replies.expect(answer);
            writer.publish(channel, mark, message);
            write();
            return true;
        } finally {
            writing.unlock();
        }
    }

    private boolean hasRoom(int sizeBytes) throws IOException {
        if (replies.unanswered() >= Session.MOST_UNANSWERED) {
            return false;
        }
        if (pending && writer.pending().remaining() + sizeBytes > MOST_PENDING_BYTES) {
            write();
        }
        return !pending || writer.pending().remaining() + sizeBytes <= MOST_PENDING_BYTES;
    }

    /** Writes on; returns true if nothing is left. */
    boolean drain() throws IOException {
        writing.lock();
        try {
            end.requireNone();
            return write();
        } finally {
            writing.unlock();
        }
    }

    private boolean write() throws IOException {
        ByteBuffer left = writer.pending();
        try {
            while (left.hasRemaining() && stream.write(left) > 0) {
                // The condition does it all.
            }
            pending = !stream.flush() || left.hasRemaining();
            return !pending;
        } catch (IOException refused) {
            // What the server has said before it went may explain it.
            lastLook.run();
            throw end.because(refused);
        }
    }

    boolean isPending() {
        return pending;
    }
}
