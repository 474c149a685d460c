package org.ipckit.chronicle;

import java.nio.ByteBuffer;

/**
 * How a message lies in a queue: as its bytes are, so that every other program can read it. Only Chronicle Queue makes of
 * an empty message one byte of padding. So a message of nothing but that byte has one more of it in the queue.
 */
final class Padding {

    static final byte BYTE = (byte) 0x8f;

    private Padding() {}

    /** Returns true if there is nothing but padding between position and limit, or nothing at all. */
    static boolean isAll(ByteBuffer bytes) {
        for (int at = bytes.position(); at < bytes.limit(); at++) {
            if (bytes.get(at) != BYTE) {
                return false;
            }
        }
        return true;
    }
}
