package org.ipckit.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The formats of MessagePack's specification, each at the ends of its range, and the example of its home page. */
class MessagePackVectorsTest {

    private static final Codec<Object> CODEC = MessagePackCodec.of(Object.class);

    static Stream<Arguments> shortest() {
        Map<String, Object> homePage = new LinkedHashMap<>();
        homePage.put("compact", true);
        homePage.put("schema", 0);
        return Stream.of(
                arguments("82a7636f6d70616374c3a6736368656d6100", homePage),
                arguments("c2", false),
                arguments("c3", true),
                arguments("00", 0),
                arguments("7f", 127),
                arguments("cc80", 128),
                arguments("ccff", 255),
                arguments("cd0100", 256),
                arguments("cdffff", 65_535),
                arguments("ce00010000", 65_536),
                arguments("ce7fffffff", Integer.MAX_VALUE),
                arguments("ceffffffff", 4_294_967_295L),
                arguments("cf0000000100000000", 4_294_967_296L),
                arguments("cf7fffffffffffffff", Long.MAX_VALUE),
                arguments("cf8000000000000000", BigInteger.ONE.shiftLeft(63)),
                arguments("cfffffffffffffffff", new BigInteger("18446744073709551615")),
                arguments("ff", -1),
                arguments("e0", -32),
                arguments("d0df", -33),
                arguments("d080", -128),
                arguments("d1ff7f", -129),
                arguments("d18000", -32_768),
                arguments("d2ffff7fff", -32_769),
                arguments("d280000000", Integer.MIN_VALUE),
                arguments("d3ffffffff7fffffff", Integer.MIN_VALUE - 1L),
                arguments("d38000000000000000", Long.MIN_VALUE),
                arguments("ca3fc00000", 1.5f),
                arguments("cb3ff8000000000000", 1.5),
                arguments("a0", ""),
                arguments("a161", "a"),
                arguments("bf" + "61".repeat(31), "a".repeat(31)),
                arguments("d920" + "61".repeat(32), "a".repeat(32)),
                arguments("d9ff" + "61".repeat(255), "a".repeat(255)),
                arguments("da0100" + "61".repeat(256), "a".repeat(256)),
                arguments("db00010000" + "61".repeat(65_536), "a".repeat(65_536)),
                arguments("c400", new byte[0]),
                arguments("c4ff" + "00".repeat(255), new byte[255]),
                arguments("c50100" + "00".repeat(256), new byte[256]),
                arguments("c600010000" + "00".repeat(65_536), new byte[65_536]),
                arguments("90", List.of()),
                arguments("93010203", List.of(1, 2, 3)),
                arguments("9f" + "05".repeat(15), List.of(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)),
                arguments("dc0010" + "05".repeat(16), List.of(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)),
                arguments("80", Map.of()),
                arguments("81a16180", Map.of("a", Map.of())),
                arguments("d40107", new MessagePackExtension(1, Message.of((byte) 7))),
                arguments("d5010707", new MessagePackExtension(1, Message.of(new byte[] {7, 7}))),
                arguments("d880" + "07".repeat(16), extension(-128, 16)),
                arguments("c70301070707", extension(1, 3)),
                arguments("c70001", extension(1, 0)),
                arguments("c8010001" + "07".repeat(256), extension(1, 256)),
                arguments("c90001000001" + "07".repeat(65_536), extension(1, 65_536)),
                // Points in time: 32 bits, then 64, then 96.
                arguments("d6ff00000000", Instant.EPOCH),
                arguments("d6ffffffffff", Instant.ofEpochSecond(4_294_967_295L)),
                arguments("d7ff0000000100000000", Instant.ofEpochSecond(4_294_967_296L)),
                arguments("d7ff0000000400000001", Instant.ofEpochSecond(1, 1)),
                arguments("d7ffee6b27ffffffffff", Instant.ofEpochSecond(17_179_869_183L, 999_999_999)),
                arguments("c70cff000000000000000400000000", Instant.ofEpochSecond(17_179_869_184L)),
                arguments("c70cff3b9ac9ffffffffffffffffff", Instant.ofEpochSecond(-1, 999_999_999)));
    }

    static Stream<Arguments> longerThanNeeded() {
        return Stream.of(
                arguments("cc05", 5),
                arguments("cd0005", 5),
                arguments("ce00000005", 5),
                arguments("cf0000000000000005", 5),
                arguments("d005", 5),
                arguments("d10005", 5),
                arguments("d200000005", 5),
                arguments("d30000000000000005", 5),
                arguments("d90161", "a"),
                arguments("da000161", "a"),
                arguments("db0000000161", "a"),
                arguments("dc000105", List.of(5)),
                arguments("dd0000000105", List.of(5)),
                arguments("de0001a16105", Map.of("a", 5)),
                arguments("df00000001a16105", Map.of("a", 5)),
                arguments("8105a161", Map.of("5", "a")), // a key that is a number becomes text
                arguments("81d380000000000000000a", Map.of("-9223372036854775808", 10)));
    }

    private static MessagePackExtension extension(int type, int size) {
        byte[] data = new byte[size];
        Arrays.fill(data, (byte) 7);
        return new MessagePackExtension(type, Message.of(data));
    }

    @ParameterizedTest
    @MethodSource("shortest")
    void theValueIsWrittenAsTheShortestBytes(String digits, Object value) {
        assertEquals(digits, Hex.of(CODEC, value));
    }

    @ParameterizedTest
    @MethodSource({"shortest", "longerThanNeeded"})
    void theBytesAreReadAsTheValue(String digits, Object value) {
        Object read = CODEC.decode(Hex.buffer(digits));

        Vectors.assertReadAs(value, read);
    }

    @ParameterizedTest
    @MethodSource({"shortest", "longerThanNeeded"})
    void thePiecesAreAllTheBytes(String digits, Object value) {
        Vectors.assertPiecesAreAll(Encoding.MESSAGE_PACK, digits);
    }

    @Test
    void aLargeMapSaysItsSizeInTwoBytes() {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int key = 0; key < 16; key++) {
            map.put("k" + key, key);
        }
        String digits = Hex.of(CODEC, map);

        assertEquals("de0010a26b3000", digits.substring(0, 14));
        assertEquals(map, CODEC.decode(Hex.buffer(digits)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c1",
                "91c1",
                "cc",
                "cd00",
                "ce000000",
                "cf",
                "d0",
                "a1",
                "a2c3",
                "a1ff",
                "d9ff61",
                "db7fffffff61",
                "dbffffffff61",
                "c6ffffffff00",
                "c97fffffff0100",
                "91",
                "dd7fffffff00",
                "ddffffffff",
                "81a161",
                "df7fffffffa16100",
                "81c005",
                "81c205",
                "8180c0",
                "82a16101a16102",
                "d5ff0000",
                "c70dff" + "00000000000000000000000000",
                "d7ffffffffffffffffff",
                "c70cff3b9aca000000000000000000",
                "c70cff000000007fffffffffffffff",
                "0000",
                "c0"
            })
    void whatIsNoValueIsRefused(String digits) {
        assertThrows(CodecException.class, () -> CODEC.decode(Hex.buffer(digits)));
    }

    @Test
    void aRefusalSaysWhereAndWhy() {
        CodecException refused = assertThrows(CodecException.class, () -> CODEC.decode(Hex.buffer("91db7fffffff61")));

        assertEquals(
                "decode 7 bytes of MessagePack: byte 6: needs 2147483647 bytes more, and 1 are there",
                refused.getMessage());
    }
}
