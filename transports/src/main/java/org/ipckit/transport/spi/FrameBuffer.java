package org.ipckit.transport.spi;

import java.nio.ByteBuffer;

/**
 * The direct buffer that frames are collected in. It is made by the first use, grows with the bytes that are really
 * there, and shrinks again when large frames have become rare.
 */
final class FrameBuffer {

    /** Bytes before a frame's body: its length, big-endian. */
    static final int HEADER = Integer.BYTES;

    private static final int USUAL_BYTES = 64 << 10;

    /** So many usual frames in a row, and the memory a large one needed is given back. */
    private static final int PATIENCE = 64;

    private final int usual;
    private ByteBuffer bytes;
    private ByteBuffer body;
    private ByteBuffer readOnlyBody;
    private int usualInARow;

    FrameBuffer(int leastBytes) {
        usual = Math.max(USUAL_BYTES, leastBytes);
    }

    /** The capacity that is always there. */
    int usual() {
        return usual;
    }

    int capacity() {
        return bytes().capacity();
    }

    ByteBuffer bytes() {
        if (bytes == null) {
            replace(usual, 0, 0);
        }
        return bytes;
    }

    /** A view of the bytes behind the header of a frame that stands at the beginning; made once, so that it costs nothing. */
    ByteBuffer body() {
        bytes();
        return body;
    }

    /** The same view, read-only. */
    ByteBuffer readOnlyBody() {
        bytes();
        return readOnlyBody;
    }

    /** Makes room for at least so many bytes; what stands between from and to stands at the beginning afterwards. */
    void require(int capacity, int from, int to) {
        if (capacity > bytes().capacity()) {
            replace(capacity, from, to);
        } else if (from > 0) {
            bytes.limit(to).position(from);
            bytes.compact();
        }
    }

    /** Told of each frame when the buffer is empty again. */
    void used(int frameBytes) {
        if (frameBytes > usual) {
            usualInARow = 0;
        } else if (bytes != null && bytes.capacity() > usual && ++usualInARow >= PATIENCE) {
            usualInARow = 0;
            replace(usual, 0, 0);
        }
    }

    private void replace(int capacity, int from, int to) {
        ByteBuffer larger = ByteBuffer.allocateDirect(capacity);
        if (to > from) {
            larger.put(0, bytes, from, to - from);
        }
        bytes = larger;
        body = larger.slice(HEADER, capacity - HEADER);
        readOnlyBody = body.asReadOnlyBuffer();
    }
}
