package org.ipckit.sockets.pickle;

import static org.ipckit.sockets.pickle.Opcode.FRAME;
import static org.ipckit.sockets.pickle.Opcode.PROTO;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ipckit.transport.CodecException;

/** The bytes of a pickle as they are written; in front there is room for what is known at the end only. */
final class PickleOutput {

    private static final int PROTOCOL = 4;
    private static final int PROTOCOL_BYTES = 2;
    private static final int FRAME_BYTES = 9;
    private static final int HEAD = PROTOCOL_BYTES + FRAME_BYTES;

    /** Python gives no frame to less. */
    private static final int LEAST_FRAMED = 4;

    private static final int MOST = 1 << 30;

    private ByteBuffer bytes =
            ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN).position(HEAD);

    PickleOutput put(Opcode opcode) {
        return u1(opcode.code());
    }

    PickleOutput u1(int value) {
        room(1).put((byte) value);
        return this;
    }

    void u2(int value) {
        room(Short.BYTES).putShort((short) value);
    }

    void i4(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void bigEndianDouble(double value) {
        room(Double.BYTES).putLong(Long.reverseBytes(Double.doubleToRawLongBits(value)));
    }

    void put(byte[] body) {
        room(body.length).put(body);
    }

    /** Returns the whole pickle. */
    ByteBuffer finished() {
        int body = bytes.position() - HEAD;
        boolean framed = body >= LEAST_FRAMED;
        int start = framed ? 0 : FRAME_BYTES;
        bytes.put(start, (byte) PROTO.code()).put(start + 1, (byte) PROTOCOL);
        if (framed) {
            bytes.put(PROTOCOL_BYTES, (byte) FRAME.code()).putLong(PROTOCOL_BYTES + 1, body);
        }
        return bytes.flip().position(start).slice();
    }

    private ByteBuffer room(int count) {
        if (count > bytes.remaining()) {
            long needed = (long) bytes.position() + count;
            if (needed > MOST) {
                throw new CodecException("encode a pickle: it would have more than " + MOST + " bytes");
            }
            int capacity = (int) Math.min(MOST, Math.max(needed, 2L * bytes.capacity()));
            bytes = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN).put(bytes.flip());
        }
        return bytes;
    }
}
