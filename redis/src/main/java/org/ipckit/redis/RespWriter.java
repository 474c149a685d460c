package org.ipckit.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Collects commands in the form of RESP until they are written. One thread uses it. */
final class RespWriter {

    private static final int FIRST_BYTES = 4 << 10;
    private static final int KEPT_BYTES = 1 << 20;

    /** The longest number, its mark and the end of the line. */
    private static final int NUMBER_BYTES = 24;

    private ByteBuffer bytes = ByteBuffer.allocateDirect(FIRST_BYTES).limit(0);

    /** Returns what was not written yet; reading from it is writing it. */
    ByteBuffer pending() {
        return bytes;
    }

    /** Adds a command of words and numbers. */
    void command(Object... words) {
        byte[][] parts = new byte[words.length][];
        int size = NUMBER_BYTES;
        for (int i = 0; i < words.length; i++) {
            parts[i] =
                    words[i] instanceof byte[] raw ? raw : words[i].toString().getBytes(StandardCharsets.UTF_8);
            size += NUMBER_BYTES + parts[i].length;
        }
        begin(size);
        number('*', parts.length);
        for (byte[] part : parts) {
            number('$', part.length);
            bytes.put(part);
            end();
        }
        bytes.flip();
    }

    /** Adds a PUBLISH of a mark and the bytes between position and limit, which are not consumed. */
    void publish(byte[] channel, byte mark, ByteBuffer message) {
        begin(4 * NUMBER_BYTES + channel.length + message.remaining());
        bytes.put(PUBLISH);
        number('$', channel.length);
        bytes.put(channel);
        end();
        number('$', message.remaining() + 1);
        bytes.put(mark);
        int size = message.remaining();
        bytes.put(bytes.position(), message, message.position(), size).position(bytes.position() + size);
        end();
        bytes.flip();
    }

    private static final byte[] PUBLISH = "*3\r\n$7\r\nPUBLISH\r\n".getBytes(StandardCharsets.US_ASCII);

    /** Makes room at the end and goes there. */
    private void begin(int sizeBytes) {
        if (!bytes.hasRemaining() && bytes.capacity() > KEPT_BYTES) {
            bytes = ByteBuffer.allocateDirect(FIRST_BYTES).limit(0);
        }
        if (bytes.remaining() + sizeBytes > bytes.capacity()) {
            int doubled = bytes.capacity() * 2;
            bytes = ByteBuffer.allocateDirect(Math.max(doubled, bytes.remaining() + sizeBytes))
                    .put(bytes);
        } else {
            bytes.compact();
        }
    }

    private void number(char kind, int value) {
        bytes.put((byte) kind);
        int unit = 1;
        while (value / unit > 9) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            bytes.put((byte) ('0' + value / unit % 10));
        }
        end();
    }

    private void end() {
        bytes.put((byte) '\r').put((byte) '\n');
    }
}
