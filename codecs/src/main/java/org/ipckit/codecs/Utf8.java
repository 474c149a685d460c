package org.ipckit.codecs;

import java.nio.ByteBuffer;

/** Says where bytes are not UTF-8. Jackson reads overlong forms, and two readers of one text may then see two. */
final class Utf8 {

    private Utf8() {}

    /** Returns where the first byte is, from the buffer's position on, that does not belong to a character; -1 if all do. */
    static int firstWrong(ByteBuffer bytes) {
        int start = bytes.position();
        int end = bytes.limit();
        int at = start;
        while (at < end) {
            int first = bytes.get(at);
            if (first >= 0) {
                at++;
                continue;
            }
            int size = size(first & 0xff);
            if (size == 0 || end - at < size || !isOne(bytes, at, size)) {
                return at - start;
            }
            at += size;
        }
        return -1;
    }

    private static int size(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 0; // a later byte, an overlong form, beyond the last character
        }
        return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    private static boolean isOne(ByteBuffer bytes, int at, int size) {
        for (int later = 1; later < size; later++) {
            if ((bytes.get(at + later) & 0xc0) != 0x80) {
                return false;
            }
        }
        int second = bytes.get(at + 1) & 0xff;
        return switch (bytes.get(at) & 0xff) {
            case 0xe0 -> second >= 0xa0; // overlong otherwise
            case 0xed -> second < 0xa0; // half of a pair otherwise
            case 0xf0 -> second >= 0x90; // overlong otherwise
            case 0xf4 -> second < 0x90; // beyond the last character otherwise
            default -> true;
        };
    }
}
