package org.ipckit.transport.spi;

import static org.ipckit.transport.spi.FrameBuffer.HEADER;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts messages on a stream of bytes: a 4-byte big-endian length, then the body, as Python's
 * {@code multiprocessing.connection} does. What the stream has no room for stays here. One thread uses it.
 */
final class FrameWriter implements Outbox {

    private final ByteStream stream;
    private final int batchBytes;
    private final FrameBuffer out;
    private ByteBuffer claimed;
    private ByteBuffer claimedAside;
    private int sent;
    private int end;
    /** True while what is here has to go out, false while it is a batch that may wait for more. */
    private boolean leaving;

    /** The message that is being sent; from bodyAt to bodyEnd it is still in the caller's buffer, within one call only. */
    private ByteBuffer body;

    private int bodyAt;
    private int bodyEnd;

    /** @param batchBytes how many bytes of frames to collect before they are written; 0 writes each */
    FrameWriter(ByteStream stream, int batchBytes) {
        this.stream = stream;
        this.batchBytes = batchBytes;
        this.out = new FrameBuffer(batchBytes);
    }

    @Override
    public boolean begin(ByteBuffer message) throws IOException {
        int frame = HEADER + message.remaining();
        if (end > 0 && !fitsInBatch(frame) && !drain()) {
            return false;
        }
        if (end == 0) {
            out.used(frame);
        }
        if (fitsInBatch(frame)) {
            append(message);
            return true;
        }
        out.bytes().putInt(0, message.remaining());
        end = HEADER;
        body = message;
        bodyAt = message.position();
        bodyEnd = message.limit();
        stage();
        write();
        if (sent == 0 && end > 0) {
            end = 0;
            forgetBody();
            return false;
        }
        drain();
        return true;
    }

    /** Asked in long: what a large message has left here and another large one are more than an int holds. */
    private boolean fitsInBatch(int frame) {
        return (long) end + frame <= batchBytes;
    }

    private void append(ByteBuffer message) {
        int size = message.remaining();
        ByteBuffer bytes = out.bytes();
        bytes.putInt(end, size);
        bytes.put(end + HEADER, message, message.position(), size);
        end += HEADER + size;
    }

    /** Fills the buffer up with the rest of the message. */
    private void stage() {
        if (body == null) {
            return;
        }
        ByteBuffer bytes = out.bytes();
        int count = Math.min(bodyEnd - bodyAt, bytes.capacity() - end);
        bytes.put(end, body, bodyAt, count);
        end += count;
        bodyAt += count;
        if (bodyAt == bodyEnd) {
            forgetBody();
        }
    }

    private void forgetBody() {
        body = null;
        bodyAt = 0;
        bodyEnd = 0;
    }

    /** Writes what is staged as far as there is room. */
    private void write() throws IOException {
        ByteBuffer bytes = out.bytes();
        try {
            while (sent < end) {
                bytes.limit(end).position(sent);
                int count = stream.write(bytes);
                if (count == 0) {
                    return;
                }
                sent += count;
            }
            sent = 0;
            end = 0;
        } finally {
            // Whatever else looks into the buffer does so by index, which the limit would bound.
            bytes.clear();
        }
    }

    @Override
    public boolean drain() throws IOException {
        while (end > 0 || bodyAt < bodyEnd) {
            stage();
            write();
            if (end > 0) {
                leaving = true;
                return false;
            }
        }
        leaving = !stream.flush();
        return !leaving;
    }

    @Override
    public boolean finish() throws IOException {
        return drain() && stream.sayGoodbye();
    }

    @Override
    public boolean unfinished() {
        return leaving;
    }

    @Override
    public void keep() {
        int rest = bodyEnd - bodyAt;
        if (rest > 0) {
            out.require(end - sent + rest, sent, end);
            end -= sent;
            sent = 0;
            out.bytes().clear();
            stage();
        }
    }

    @Override
    public ByteBuffer claim(int size) throws IOException {
        if (end > 0 && !fitsInBatch(HEADER + size) && !drain()) {
            return null;
        }
        if (end > 0) {
            claimed = aside(size);
        } else {
            out.used(HEADER + size);
            out.require(HEADER + size, 0, 0);
            claimed = out.body();
        }
        return claimed.clear().limit(size).order(ByteOrder.BIG_ENDIAN);
    }

    /** Beside a batch that has begun: a view of the room behind it would be a new object for each claim. */
    private ByteBuffer aside(int size) {
        if (claimedAside == null || claimedAside.capacity() < size) {
            claimedAside = ByteBuffer.allocateDirect(batchBytes);
        }
        return claimedAside;
    }

    @Override
    public void commit(int size) {
        if (end > 0) {
            append(claimed.clear().limit(size));
        } else {
            out.bytes().putInt(0, size);
            leaving = !fitsInBatch(HEADER + size);
            end = HEADER + size;
        }
    }

    /** Its memory, for tests. */
    FrameBuffer buffer() {
        return out;
    }
}
