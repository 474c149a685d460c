package org.ipckit.transport.spi;

import static org.ipckit.transport.spi.FrameBuffer.HEADER;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipckit.transport.Message;

/**
 * Cuts a stream of bytes into messages: a 4-byte big-endian length, then the body, as Python's
 * {@code multiprocessing.connection} does. A length is checked before anything is made of it. One thread uses it.
 */
final class FrameReader implements Inbox {

    private final ByteStream stream;
    private final int maxMessageBytes;
    private final FrameBuffer in = new FrameBuffer(0);
    private ByteBuffer lentCopy;
    private ByteBuffer lentCopyView;
    private int start;
    private int end;
    private boolean ended;
    private IOException failure;

    FrameReader(ByteStream stream, int maxMessageBytes) {
        this.stream = stream;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public int look() {
        int size = next();
        while (size == NONE && !ended) {
            if (!fill()) {
                return ended ? next() : NONE;
            }
            size = next();
        }
        return size;
    }

    @Override
    public int next() {
        if (end - start >= HEADER) {
            int size = announced();
            if (size < 0 || size > maxMessageBytes) {
                return END;
            }
            if (end - start - HEADER >= size) {
                return size;
            }
        }
        return ended ? END : NONE;
    }

    /** Returns the length that the next frame announces; negative when it is more than 2 GiB. */
    private int announced() {
        return in.bytes().getInt(start);
    }

    /** Reads what is there; returns true if bytes came. */
    private boolean fill() {
        int limit = makeRoom();
        ByteBuffer bytes = in.bytes();
        bytes.limit(limit).position(end);
        try {
            int count = stream.read(bytes);
            ended = count < 0;
            end += Math.max(0, count);
            return count > 0;
        } catch (IOException reset) {
            ended = true;
            failure = reset;
            return false;
        } finally {
            // Whatever else looks into the buffer does so by index, which the limit would bound.
            bytes.clear();
        }
    }

    @Override
    public Ending ending() {
        if (end - start >= HEADER && (announced() < 0 || announced() > maxMessageBytes)) {
            return Ending.corrupt("the peer announces a message of " + Integer.toUnsignedString(announced())
                    + " bytes, this connection takes at most " + maxMessageBytes
                    + " (max-message=): it is not one of ours or has another limit");
        }
        if (failure != null) {
            return Ending.loss("the connection was lost: " + failure.getMessage(), failure);
        }
        return end > start ? Ending.loss("the peer ended in the middle of a message", null) : Ending.goodbye();
    }

    /** Returns up to where the buffer may be filled. */
    private int makeRoom() {
        int frame = end - start < HEADER ? HEADER : HEADER + announced();
        if (frame <= in.usual()) {
            if (start + frame > in.usual() || end == in.usual()) {
                moveToFront(in.usual());
            }
            return in.usual();
        }
        // A large frame: room is doubled as its bytes come, whatever length it announced; and nothing behind it is
        // read along, so that the frame after it finds an empty buffer.
        int capacity = in.capacity();
        int need = end - start == capacity ? (int) Math.min(frame, 2L * capacity) : capacity;
        moveToFront(need);
        return Math.min(frame, in.capacity());
    }

    private void moveToFront(int capacity) {
        in.require(capacity, start, end);
        end -= start;
        start = 0;
    }

    @Override
    public Message copy(int size) {
        ByteBuffer bytes = in.bytes();
        bytes.limit(start + HEADER + size).position(start + HEADER);
        Message copy = Message.copyOf(bytes);
        bytes.clear();
        return copy;
    }

    @Override
    public ByteBuffer lend(int size) {
        ByteBuffer view = start == 0 ? in.readOnlyBody() : copied(size);
        return view.clear().limit(size).order(ByteOrder.BIG_ENDIAN);
    }

    /** A view at another place would be a new object for each message; copying a short one costs less. */
    private ByteBuffer copied(int size) {
        if (lentCopy == null) {
            lentCopy = ByteBuffer.allocateDirect(in.usual());
            lentCopyView = lentCopy.asReadOnlyBuffer();
        }
        lentCopy.put(0, in.bytes(), start + HEADER, size);
        return lentCopyView;
    }

    @Override
    public void consume(int size) {
        start += HEADER + size;
        if (start == end) {
            start = 0;
            end = 0;
            in.used(HEADER + size);
        }
    }

    /** Its memory, for tests. */
    FrameBuffer buffer() {
        return in;
    }
}
