package org.ipckit.codecs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What the published examples of all encodings are held to. */
final class Vectors {

    private Vectors() {}

    /** Compares values, arrays of bytes by what they hold. */
    static void assertReadAs(Object expected, Object read) {
        if (expected instanceof byte[] bytes) {
            assertArrayEquals(bytes, (byte[]) read);
        } else {
            assertEquals(expected, read);
        }
    }

    /** Asserts that the pieces into which bytes are taken apart are next to each other, and all there is. */
    static void assertPiecesAreAll(Encoding encoding, String digits) {
        int next = 0;
        for (Piece piece : encoding.anatomy(Hex.buffer(digits))) {
            assertEquals(next, piece.at());
            next += piece.length();
        }
        assertEquals(digits.length() / 2, next);
    }
}
