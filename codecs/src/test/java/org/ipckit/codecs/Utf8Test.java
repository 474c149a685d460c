package org.ipckit.codecs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

    @Test
    void everyCharacterIsRight() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        assertEquals(-1, Utf8.firstWrong(ByteBuffer.wrap(all.toString().getBytes(UTF_8))));
    }

    @Test
    void theDecoderOfTheJdkAgrees() {
        int[] interesting = {
            0, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
            0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
        };
        Random random = new Random(42);
        for (int round = 0; round < 50_000; round++) {
            ByteBuffer bytes = ByteBuffer.allocate(5);
            while (bytes.hasRemaining()) {
                bytes.put((byte) interesting[random.nextInt(interesting.length)]);
            }
            bytes.flip();
            boolean right;
            try {
                right = UTF_8.newDecoder().decode(bytes.duplicate()) != null;
            } catch (CharacterCodingException wrong) {
                right = false;
            }
            assertEquals(right, Utf8.firstWrong(bytes) < 0);
        }
    }
}
