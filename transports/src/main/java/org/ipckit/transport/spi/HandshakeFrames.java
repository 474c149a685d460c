package org.ipckit.transport.spi;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ipckit.transport.Address;
import org.ipckit.transport.CorruptMessageException;

/**
 * The frames of a handshake: a 4-byte big-endian length and the bytes, few enough for a stranger to be listened to. No
 * byte behind a frame is read, for it may be another protocol's.
 */
final class HandshakeFrames {

    private final Address address;
    private final ByteStream stream;
    private final ByteBuffer in;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private boolean heldBack;

    HandshakeFrames(Address address, ByteStream stream, int mostBytes) {
        this.address = address;
        this.stream = stream;
        this.in = ByteBuffer.allocate(Integer.BYTES + mostBytes);
    }

    /** Sets the next frame to send; the one before has gone. */
    void send(byte[] frame) {
        out = ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .flip();
    }

    /** Moves on what is to be sent; returns true when nothing of it is left in this process. */
    boolean flushed() throws IOException {
        while (out.hasRemaining()) {
            if (stream.write(out) == 0) {
                return false;
            }
        }
        heldBack = !stream.flush();
        return !heldBack;
    }

    /** Returns true if something is to be sent for which there was no room. */
    boolean wantsToWrite() {
        return out.hasRemaining() || heldBack;
    }

    /** Returns the next frame, null if it has not come yet. */
    byte[] next() throws IOException {
        if (!filledTo(Integer.BYTES)) {
            return null;
        }
        int most = in.capacity() - Integer.BYTES;
        int size = in.getInt(0);
        if (size < 0 || size > most) {
            throw new CorruptMessageException(address + ": a handshake frame announces "
                    + Integer.toUnsignedString(size) + " bytes, at most " + most + " are taken");
        }
        if (!filledTo(Integer.BYTES + size)) {
            return null;
        }
        byte[] frame = Arrays.copyOfRange(in.array(), Integer.BYTES, Integer.BYTES + size);
        in.clear();
        return frame;
    }

    private boolean filledTo(int bytes) throws IOException {
        if (in.position() >= bytes) {
            return true;
        }
        in.limit(bytes);
        while (in.hasRemaining()) {
            int count = stream.read(in);
            if (count < 0) {
                throw new EOFException("the peer ended during the handshake");
            }
            if (count == 0) {
                return false;
            }
        }
        return true;
    }
}
