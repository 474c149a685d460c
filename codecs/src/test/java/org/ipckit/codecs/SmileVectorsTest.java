package org.ipckit.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and the bytes that Smile's specification gives them, after the header and its flags. */
class SmileVectorsTest {

    private static final Codec<Object> CODEC = SmileCodec.of(Object.class);
    private static final String HEADER = "3a290a05"; // shared names, raw bytes

    static Stream<Arguments> values() {
        Map<String, Object> ab = new LinkedHashMap<>();
        ab.put("a", 1);
        ab.put("b", 2);
        return Stream.of(
                arguments("20", ""),
                arguments("22", false),
                arguments("23", true),
                arguments("c0", 0),
                arguments("c1", -1),
                arguments("de", 15),
                arguments("df", -16),
                arguments("24a0", 16),
                arguments("2401bf", -64),
                arguments("40" + "61", "a"),
                arguments("5f" + "61".repeat(32), "a".repeat(32)),
                arguments("60" + "61".repeat(33), "a".repeat(33)),
                arguments("7a" + "7a".repeat(59), "z".repeat(59)),
                arguments("80" + "c3bc", "ü"),
                arguments("e0" + "61".repeat(65) + "fc", "a".repeat(65)),
                arguments("fd82ff00", new byte[] {-1, 0}),
                arguments("f8c2c4f9", List.of(1, 2)),
                arguments("fafb", Map.of()),
                arguments("fa8061c28062c4fb", ab),
                // The second time a name is the number of the first.
                arguments("f8fa8061c2fbfa40c4fbf9", List.of(Map.of("a", 1), Map.of("a", 2))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void theValueIsWrittenAndReadAsTheBytes(String digits, Object value) {
        assertEquals(HEADER + digits, Hex.of(CODEC, value));

        Object read = CODEC.decode(Hex.buffer(HEADER + digits));
        Vectors.assertReadAs(value, read);
    }

    @ParameterizedTest
    @MethodSource("values")
    void thePiecesAreAllTheBytes(String digits, Object value) {
        Vectors.assertPiecesAreAll(Encoding.SMILE, HEADER + digits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3a",
                "3a290a",
                "3a290a05",
                "c2",
                "fa8061c2fb",
                "3a290a05fa40c2fb",
                "3a290a0501",
                "3a290a0500"
            })
    void whatIsNotSmileIsRefused(String digits) {
        assertThrows(CodecException.class, () -> CODEC.decode(Hex.buffer(digits)));
    }
}
