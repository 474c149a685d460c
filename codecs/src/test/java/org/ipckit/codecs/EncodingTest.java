package org.ipckit.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncodingTest {

    @Test
    void oneByteMeansSomethingElseInEach() {
        byte b = 0x7a;

        assertEquals(
                List.of("nothing: no value begins with 'z', in a text it is that character"),
                Encoding.JSON.meaningsOf(b));
        assertEquals(List.of("text, the number of bytes in the 4 bytes that follow"), Encoding.CBOR.meaningsOf(b));
        assertEquals(
                List.of("a short ASCII text of 59 bytes", "as a name: a reference to shared name 58"),
                Encoding.SMILE.meaningsOf(b));
        assertEquals(List.of("nothing: there is no such type"), Encoding.BSON.meaningsOf(b));
        assertEquals(List.of("the whole number 122 (positive fixint)"), Encoding.MESSAGE_PACK.meaningsOf(b));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void everyByteHasAMeaning(Encoding encoding) {
        for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
            for (String meaning : encoding.meaningsOf((byte) b)) {
                assertFalse(meaning.isBlank());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void thePiecesOfAValueFollowEachOtherAndAreAllItsBytes(Encoding encoding) {
        for (Sample sample : Sample.records()) {
            Message bytes = Fidelity.encoded(encoding.codec(Sample.class), sample);
            int next = 0;
            for (Piece piece : encoding.anatomy(bytes.asByteBuffer())) {
                assertEquals(next, piece.at());
                next += piece.length();
            }
            assertEquals(bytes.size(), next);
        }
    }

    @Test
    void thePiecesSayWhatTheyAre() {
        List<Piece> pieces = Encoding.MESSAGE_PACK.anatomy(
                Fidelity.encoded(Encoding.MESSAGE_PACK, Map.of("a", 1)).asByteBuffer());

        assertEquals(
                List.of(
                        new Piece(0, 1, 0, "map of 1 entry"),
                        new Piece(1, 2, 1, "text of 1 byte: \"a\""),
                        new Piece(3, 1, 1, "whole number 1")),
                pieces);
    }
}
