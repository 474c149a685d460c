package org.ipckit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.util.Arrays;

/** Bytes with a beginning and an end. An immutable value: it is its holder's for ever and equal to the same bytes. */
public final class Message {

    private static final int SHOWN_BYTES = 64;

    private final byte[] bytes;

    private Message(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns a message of a copy of these bytes. */
    public static Message of(byte... bytes) {
        return new Message(bytes.clone());
    }

    /** Returns a message of the text's UTF-8 bytes. */
    public static Message utf8(String text) {
        return new Message(text.getBytes(UTF_8));
    }

    /** Returns a message of a copy of the bytes between position and limit; the buffer is read, not consumed. */
    public static Message copyOf(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return new Message(copy);
    }

    /** Returns the number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Returns a read-only view of the bytes, with a position of its own. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** Returns a copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Returns the bytes decoded as UTF-8; what is not UTF-8 becomes the replacement character. */
    public String toUtf8() {
        return new String(bytes, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Returns a short description for people: the size and the text, or the first bytes in hexadecimal. */
    @Override
    public String toString() {
        int shown = Math.min(bytes.length, SHOWN_BYTES);
        String more = bytes.length > SHOWN_BYTES ? "..." : "";
        String text = text(shown);
        return "Message[" + bytes.length + " bytes: " + (text != null ? text : hexadecimal(shown)) + more + "]";
    }

    /** Returns the first bytes as text, null if they are none. A character that is cut off is left out. */
    private String text(int count) {
        CharBuffer text = CharBuffer.allocate(count);
        boolean whole = count == bytes.length;
        CoderResult result = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, count), text, whole);
        boolean plain = !result.isError() && text.flip().chars().noneMatch(Character::isISOControl);
        return plain ? text.toString() : null;
    }

    private String hexadecimal(int count) {
        StringBuilder hex = new StringBuilder("0x");
        for (int at = 0; at < count; at++) {
            hex.append(String.format("%02x", bytes[at]));
        }
        return hex.toString();
    }
}
