package org.ipckit.sharedmemory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipckit.transport.Message;

/**
 * A message that came in fragments. Its memory grows with the bytes that have come, and is kept for the next one. One
 * thread uses it.
 */
final class Assembly {

    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private ByteBuffer view = bytes.asReadOnlyBuffer();
    private int size;

    int size() {
        return size;
    }

    /** Appends a fragment; the message will have at most so many bytes. */
    void append(ByteBuffer from, int index, int lengthBytes, int mostBytes) {
        int need = size + lengthBytes;
        if (need > bytes.capacity()) {
            ByteBuffer larger = ByteBuffer.allocateDirect((int) Math.min(mostBytes, Math.max(4L * need, 1 << 16)));
            larger.put(0, bytes, 0, size);
            bytes = larger;
            view = bytes.asReadOnlyBuffer();
        }
        bytes.put(size, from, index, lengthBytes);
        size = need;
    }

    /** Returns a read-only view of the message; valid until {@link #clear}. */
    ByteBuffer lend() {
        return view.clear().limit(size).order(ByteOrder.BIG_ENDIAN);
    }

    Message copy() {
        return Message.copyOf(lend());
    }

    void clear() {
        size = 0;
    }
}
