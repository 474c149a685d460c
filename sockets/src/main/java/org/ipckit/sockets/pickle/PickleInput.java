package org.ipckit.sockets.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipckit.transport.CodecException;

/** The bytes of a pickle from the first to the last; asked for more than there are, it refuses before taking memory. */
final class PickleInput {

    private static final int MOST_SHOWN = 100;

    private final ByteBuffer bytes;
    private int opcodeAt;

    PickleInput(ByteBuffer pickle) {
        bytes = pickle.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the next byte, which begins an instruction: what is refused from now on is refused there. */
    int opcode() {
        opcodeAt = bytes.position();
        return u1();
    }

    int u1() {
        require(1);
        return bytes.get() & 0xff;
    }

    int u2() {
        require(2);
        return bytes.getShort() & 0xffff;
    }

    int i4() {
        require(4);
        return bytes.getInt();
    }

    long u4() {
        return Integer.toUnsignedLong(i4());
    }

    /** Returns a length; one of more than 2^63 is negative, and refused where it is used. */
    long i8() {
        require(8);
        return bytes.getLong();
    }

    double bigEndianDouble() {
        require(8);
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    /** Returns so many bytes, a copy. */
    byte[] take(long count) {
        require(count);
        byte[] taken = new byte[(int) count];
        bytes.get(taken);
        return taken;
    }

    /** Returns the bytes up to the end of the line as characters, and goes behind it. */
    String line() {
        int start = bytes.position();
        while (u1() != '\n') {
            // The end of the bytes ends it too, with a refusal.
        }
        byte[] line = new byte[bytes.position() - 1 - start];
        bytes.get(start, line);
        return new String(line, ISO_8859_1);
    }

    int remaining() {
        return bytes.remaining();
    }

    /** Goes on only if there are so many bytes. */
    void require(long count) {
        if (count < 0 || count > bytes.remaining()) {
            throw refusal(
                    "it goes on for " + Long.toUnsignedString(count) + " bytes, and there are " + bytes.remaining());
        }
    }

    /** Returns the exception that says why the instruction is refused. */
    CodecException refusal(String reason) {
        int code = opcodeAt < bytes.limit() ? bytes.get(opcodeAt) & 0xff : -1;
        Opcode opcode = code < 0 ? null : Opcode.of(code);
        String where = "decode " + bytes.limit() + " bytes of pickle: "
                + (code < 0 ? "the end" : opcode == null ? String.format("0x%02x", code) : opcode) + " at byte "
                + opcodeAt;
        return new CodecException(where + ": " + reason);
    }

    /** Returns text of the pickle's, short and printable. */
    static String shown(String text) {
        String shown = text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
