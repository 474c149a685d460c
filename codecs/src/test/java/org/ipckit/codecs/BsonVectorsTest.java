package org.ipckit.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.types.Binary;
import org.bson.types.Code;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two examples of BSON's specification, and an element of each type. */
class BsonVectorsTest {

    private static final Codec<Object> CODEC = BsonCodec.of(Object.class);

    static Stream<Arguments> specification() {
        return Stream.of(
                arguments("16000000 02 68656c6c6f00 06000000 776f726c6400 00", Map.of("hello", "world")),
                arguments(
                        "31000000 04 4253 4f4e00 26000000 02 3000 08000000 617765736f6d6500 01 3100 3333333333331440"
                                + " 10 3200 c2070000 00 00",
                        Map.of("BSON", List.of("awesome", 5.05, 1986))));
    }

    /** The type, the content, and the value of the only field, named x. */
    static Stream<Arguments> elements() {
        return Stream.of(
                arguments("01", "000000000000f87f", Double.NaN),
                arguments("01", "0000000000000080", -0.0),
                arguments("02", "04000000 c3bc61 00", "üa"),
                arguments("02", "02000000 00 00", "\0"),
                arguments("03", "05000000 00", Map.of()),
                arguments("04", "05000000 00", List.of()),
                arguments("05", "02000000 00 ff01", new byte[] {-1, 1}),
                arguments("05", "02000000 80 ff01", new Binary((byte) 0x80, new byte[] {-1, 1})),
                arguments(
                        "05",
                        "10000000 04 00112233445566778899aabbccddeeff",
                        UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                arguments("07", "56e1fc72e0c917e9c4714161", new ObjectId("56e1fc72e0c917e9c4714161")),
                arguments("08", "00", false),
                arguments("08", "01", true),
                arguments("09", "c5d8d6cc3b010000", Instant.ofEpochMilli(1_356_351_330_501L)),
                arguments("09", "c33ce7b9bdffffff", Instant.ofEpochMilli(-284_643_869_501L)),
                arguments("0a", "", null),
                arguments("0b", "616200 6900", new BsonRegularExpression("ab", "i")),
                arguments("0d", "02000000 62 00", new Code("b")),
                arguments("10", "ffffffff", -1),
                arguments("10", "00000080", Integer.MIN_VALUE),
                arguments("11", "2a000000 15cd5b07", new BsonTimestamp(123_456_789, 42)),
                arguments("12", "0100000000000000", 1L),
                arguments("13", "01000000000000000000000000004030", new BigDecimal("1")),
                arguments(
                        "13", "f2af967ed05c82de3297ff6fde3c4030", new BigDecimal("1234567890123456789012345678901234")),
                arguments("13", "0000000000000000000000000000007c", Decimal128.NaN),
                arguments("13", "000000000000000000000000000040b0", Decimal128.NEGATIVE_ZERO),
                arguments("13", "00000000000000000000000000000078", Decimal128.POSITIVE_INFINITY),
                arguments("ff", "", new BsonMinKey()),
                arguments("7f", "", new BsonMaxKey()));
    }

    static Stream<Arguments> onlyRead() {
        return Stream.of(
                arguments("06", "", null), // undefined
                arguments("0e", "02000000 62 00", "b"), // symbol
                arguments("05", "06000000 02 02000000 ff01", new byte[] {-1, 1})); // the old binary
    }

    private static String document(String type, String content) {
        String element = (type + "7800" + content + "00").replace(" ", "");
        return String.format("%08x", Integer.reverseBytes(element.length() / 2 + 4)) + element;
    }

    @ParameterizedTest
    @MethodSource("specification")
    void theExamplesAreReadAndWritten(String digits, Object value) {
        assertEquals(value, CODEC.decode(Hex.buffer(digits)));
        assertEquals(digits.replace(" ", ""), Hex.of(CODEC, value));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void anElementIsWritten(String type, String content, Object value) {
        Map<String, Object> map = new HashMap<>();
        map.put("x", value);

        assertEquals(document(type, content), Hex.of(CODEC, map));
    }

    @ParameterizedTest
    @MethodSource({"elements", "onlyRead"})
    void anElementIsRead(String type, String content, Object value) {
        Object read = CODEC.decode(Hex.buffer(document(type, content)));

        Object field = ((Map<?, ?>) read).get("x");
        Vectors.assertReadAs(value, field);
    }

    @ParameterizedTest
    @MethodSource({"elements", "onlyRead"})
    void thePiecesAreAllTheBytes(String type, String content, Object value) {
        String digits = document(type, content);
        Vectors.assertPiecesAreAll(Encoding.BSON, digits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "05",
                "04000000 00",
                "06000000 00",
                "05000000 01",
                "05000000 00 00",
                "ffffffff 00",
                "ffffff7f 00",
                "08000000 08 7800",
                "09000000 08 7800 02 00",
                "07000000 2a 7800",
                "0c000000 14 7800 00000000 00",
                "0d000000 02 7800 00000000 00 00",
                "0e000000 02 7800 02000000 ff 00 00",
                "0e000000 02 7800 02000000 61 62 00",
                "0d000000 02 7800 ffffffff 00 00",
                "0d000000 02 7800 ffffff7f 00 00",
                "0d000000 05 7800 ffffff7f 00 00",
                "0d000000 05 7800 ffffffff 00 00",
                "0d000000 03 7800 06000000 00 00",
                "0e000000 0a 7800 0a 7800 00 000000",
                "0b000000 0a 7800 0a 7800 00",
                "12000000 05 7800 05000000 02 02000000 ff 00",
                "1b000000 0c 7800 02000000 61 00 000000000000000000000000 00",
                "13000000 0f 7800 0c000000 00 00000000 00"
            })
    void whatIsNoDocumentIsRefused(String digits) {
        assertThrows(CodecException.class, () -> CODEC.decode(Hex.buffer(digits)));
    }

    @Test
    void onlyObjectsAreDocuments() {
        for (Object value : Arrays.asList("text", 5, List.of(1), new byte[1])) {
            CodecException refused = assertThrows(CodecException.class, () -> Hex.of(CODEC, value));
            assertEquals(
                    "encode a " + value.getClass().getName()
                            + " as BSON: a BSON document is an object with fields; put the"
                            + " value into a field of one",
                    refused.getMessage());
        }
    }

    @Test
    void aNameWithAZeroIsRefused() {
        CodecException refused = assertThrows(CodecException.class, () -> Hex.of(CODEC, Map.of("a\0", 1)));

        assertTrue(refused.getMessage().endsWith("a zero character in a name; BSON ends names with it"));
    }
}
