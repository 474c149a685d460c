package org.ipckit.codecs;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.ipckit.transport.Codec;

/** Bytes in hexadecimal, for tests. */
final class Hex {

    private Hex() {}

    /** Returns the bytes of digits that may have spaces between them. */
    static ByteBuffer buffer(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** Returns the digits of a value's bytes. */
    static <T> String of(Codec<T> codec, T value) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
        codec.encode(value, buffer);
        return HexFormat.of().formatHex(buffer.array(), 0, buffer.position());
    }
}
