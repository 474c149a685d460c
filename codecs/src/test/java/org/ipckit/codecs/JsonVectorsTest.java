package org.ipckit.codecs;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 8259 allows, and what it does not. */
class JsonVectorsTest {

    private static final Codec<Object> CODEC = JsonCodec.of(Object.class);

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments(
                        "{\"Image\":{\"Width\":800,\"IDs\":[116,943]}}",
                        Map.of("Image", Map.of("Width", 800, "IDs", List.of(116, 943)))),
                arguments(" [ 1 , 2.5 , true , false , \"\" ] \n", List.of(1, 2.5, true, false, "")),
                arguments("\"\\u00fc\\ud83d\\ude00\\n\\/\"", "ü😀\n/"),
                arguments("-0", 0),
                arguments("1e2", 100.0),
                arguments("2147483648", 2147483648L),
                arguments("9223372036854775808", BigInteger.ONE.shiftLeft(63)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theTextIsReadAsTheValue(String text, Object value) {
        assertEquals(value, CODEC.decode(ByteBuffer.wrap(text.getBytes(UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "}",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "[1 2]",
                "01",
                "+1",
                ".5",
                "1.",
                "1e",
                "0x1",
                "NaN",
                "Infinity",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12\"",
                "tru",
                "1 2",
                "// c\n1",
                "{\"a\":1,\"a\":2}",
                "\u00a01",
                "\ufeff\ufeff1"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThrows(CodecException.class, () -> CODEC.decode(ByteBuffer.wrap(text.getBytes(UTF_8))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"22ff22", "22c0af22", "22eda08022", "22f490808022", "22c3"})
    void whatIsNotUtf8IsRefused(String digits) {
        assertThrows(CodecException.class, () -> CODEC.decode(Hex.buffer(digits)));
    }

    @Test
    void otherCharsetsAreNotGuessed() {
        assertThrows(CodecException.class, () -> CODEC.decode(ByteBuffer.wrap("{\"a\":1}".getBytes(UTF_16BE))));
    }

    @Test
    void theBytesAreUtf8WithoutWhiteSpace() {
        assertEquals("7b2261223a22c3bc227d", Hex.of(CODEC, Map.of("a", "ü")));
    }
}
