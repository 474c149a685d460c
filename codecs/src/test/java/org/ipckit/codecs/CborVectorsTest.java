package org.ipckit.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 8949, appendix A. */
class CborVectorsTest {

    private static final Codec<Object> CODEC = CborCodec.of(Object.class);

    private static final BigInteger BEYOND_LONG = new BigInteger("18446744073709551615");
    private static final List<Integer> TO_25 =
            IntStream.rangeClosed(1, 25).boxed().toList();

    static Stream<Arguments> bothWays() {
        return Stream.of(
                arguments("00", 0),
                arguments("01", 1),
                arguments("0a", 10),
                arguments("17", 23),
                arguments("1818", 24),
                arguments("1819", 25),
                arguments("1864", 100),
                arguments("1903e8", 1000),
                arguments("1a000f4240", 1_000_000),
                arguments("1b000000e8d4a51000", 1_000_000_000_000L),
                arguments("c249010000000000000000", BEYOND_LONG.add(BigInteger.ONE)),
                arguments(
                        "c349010000000000000000",
                        BEYOND_LONG.add(BigInteger.ONE).not()),
                arguments("20", -1),
                arguments("29", -10),
                arguments("3863", -100),
                arguments("3903e7", -1000),
                arguments("fb3ff199999999999a", 1.1),
                arguments("fbc010666666666666", -4.1),
                arguments("fb7e37e43c8800759c", 1.0e300),
                arguments("fa47c35000", 100_000.0f),
                arguments("fa7f7fffff", Float.MAX_VALUE),
                arguments("fa7f800000", Float.POSITIVE_INFINITY),
                arguments("fa7fc00000", Float.NaN),
                arguments("faff800000", Float.NEGATIVE_INFINITY),
                arguments("fb7ff0000000000000", Double.POSITIVE_INFINITY),
                arguments("fb7ff8000000000000", Double.NaN),
                arguments("fbfff0000000000000", Double.NEGATIVE_INFINITY),
                arguments("f4", false),
                arguments("f5", true),
                arguments("60", ""),
                arguments("6161", "a"),
                arguments("6449455446", "IETF"),
                arguments("62225c", "\"\\"),
                arguments("62c3bc", "ü"),
                arguments("63e6b0b4", "水"),
                arguments("64f0908591", "\ud800\udd51"));
    }

    static Stream<Arguments> onlyRead() {
        Map<String, Object> funAmt = new LinkedHashMap<>();
        funAmt.put("Fun", true);
        funAmt.put("Amt", -2);
        return Stream.of(
                // Beyond a long Jackson writes them as bytes with a tag.
                arguments("1bffffffffffffffff", BEYOND_LONG),
                arguments("3bffffffffffffffff", BEYOND_LONG.not()),
                // Half floats arrive as floats.
                arguments("f90000", 0.0f),
                arguments("f98000", -0.0f),
                arguments("f93c00", 1.0f),
                arguments("f93e00", 1.5f),
                arguments("f97bff", 65_504.0f),
                arguments("f90001", 0x1p-24f),
                arguments("f90400", 0x1p-14f),
                arguments("f9c400", -4.0f),
                arguments("f97c00", Float.POSITIVE_INFINITY),
                arguments("f97e00", Float.NaN),
                arguments("f9fc00", Float.NEGATIVE_INFINITY),
                // Tags without a meaning here: the value that is tagged.
                arguments("c074323031332d30332d32315432303a30343a30305a", "2013-03-21T20:04:00Z"),
                arguments("c11a514b67b0", 1_363_896_240),
                arguments("c1fb41d452d9ec200000", 1_363_896_240.5),
                arguments("d818456449455446", new byte[] {0x64, 0x49, 0x45, 0x54, 0x46}),
                arguments("d82076687474703a2f2f7777772e6578616d706c652e636f6d", "http://www.example.com"),
                arguments("d74401020304", new byte[] {1, 2, 3, 4}),
                arguments("40", new byte[0]),
                arguments("4401020304", new byte[] {1, 2, 3, 4}),
                arguments("80", List.of()),
                arguments("83010203", List.of(1, 2, 3)),
                arguments("8301820203820405", List.of(1, List.of(2, 3), List.of(4, 5))),
                arguments("98190102030405060708090a0b0c0d0e0f101112131415161718181819", TO_25),
                arguments("a0", Map.of()),
                arguments("a201020304", Map.of("1", 2, "3", 4)), // keys become text
                arguments("a26161016162820203", Map.of("a", 1, "b", List.of(2, 3))),
                arguments("826161a161626163", List.of("a", Map.of("b", "c"))),
                arguments(
                        "a56161614161626142616361436164614461656145",
                        Map.of("a", "A", "b", "B", "c", "C", "d", "D", "e", "E")),
                // Without a size, until a break.
                arguments("5f42010243030405ff", new byte[] {1, 2, 3, 4, 5}),
                arguments("7f657374726561646d696e67ff", "streaming"),
                arguments("9fff", List.of()),
                arguments("9f018202039f0405ffff", List.of(1, List.of(2, 3), List.of(4, 5))),
                arguments("9f01820203820405ff", List.of(1, List.of(2, 3), List.of(4, 5))),
                arguments("83018202039f0405ff", List.of(1, List.of(2, 3), List.of(4, 5))),
                arguments("83019f0203ff820405", List.of(1, List.of(2, 3), List.of(4, 5))),
                arguments("9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff", TO_25),
                arguments("bf61610161629f0203ffff", Map.of("a", 1, "b", List.of(2, 3))),
                arguments("826161bf61626163ff", List.of("a", Map.of("b", "c"))),
                arguments("bf6346756ef563416d7421ff", funAmt));
    }

    @ParameterizedTest
    @MethodSource({"bothWays", "onlyRead"})
    void theBytesAreReadAsTheValue(String digits, Object value) {
        Object read = CODEC.decode(Hex.buffer(digits));

        Vectors.assertReadAs(value, read);
    }

    @ParameterizedTest
    @MethodSource("bothWays")
    void theValueIsWrittenAsTheBytes(String digits, Object value) {
        assertEquals(digits, Hex.of(CODEC, value));
    }

    @ParameterizedTest
    @MethodSource({"bothWays", "onlyRead"})
    void thePiecesAreAllTheBytes(String digits, Object value) {
        Vectors.assertPiecesAreAll(Encoding.CBOR, digits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f6", "f7"})
    void nullAndUndefinedAreNoMessage(String digits) {
        assertThrows(CodecException.class, () -> CODEC.decode(Hex.buffer(digits)));
    }

    /** Examples of what is not well-formed, from appendix F. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "18",
                "19",
                "1a",
                "1b",
                "1901",
                "1a0102",
                "1b01020304050607",
                "38",
                "58",
                "78",
                "98",
                "9a01ff00",
                "b8",
                "d8",
                "f8",
                "f900",
                "fa0000",
                "fb000000",
                "41",
                "61",
                "5affffffff00",
                "7b7fffffffffffffff010203",
                "81",
                "818181818181818181",
                "8200",
                "a1",
                "a20102",
                "a100",
                "a2000000",
                "c0",
                "5f4100",
                "7f6100",
                "9f",
                "9f0102",
                "bf",
                "bf01020102",
                "819f",
                "9f8000",
                "1c",
                "1d",
                "1e",
                "3c",
                "3d",
                "3e",
                "5c",
                "5d",
                "5e",
                "7c",
                "7d",
                "7e",
                "9c",
                "9d",
                "9e",
                "bc",
                "bd",
                "be",
                "dc",
                "dd",
                "de",
                "fc",
                "fd",
                "fe",
                "ff",
                "81ff",
                "8200ff",
                "a1ff",
                "a1ff00",
                "a100ff",
                "a20000ff",
                "9f81ff",
                "bf00ff",
                "bf000000ff",
                "1f",
                "3f",
                "df"
            })
    void whatIsNotWellFormedIsRefused(String digits) {
        CodecException refused = assertThrows(CodecException.class, () -> CODEC.decode(Hex.buffer(digits)));

        assertEquals(
                "decode " + digits.length() / 2 + " bytes of CBOR: ",
                refused.getMessage().substring(0, refused.getMessage().indexOf(": ") + 2));
    }
}
