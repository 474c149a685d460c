package org.ipckit.codecs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes and values that want more than a codec allows. */
class HostileInputTest {

    /** A value that has a field of any class, and says in the bytes which. */
    record Open(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) Object any) {}

    record Numbers(int count, long size) {}

    record Fraction(double count, double size) {}

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void theDepthIsBoundedInBothDirections(Encoding encoding) {
        CodecLimits limits = CodecLimits.DEFAULT.withMaxDepth(5);
        Codec<Object> shallow = encoding.codec(Object.class, limits);
        Codec<Object> deep = encoding.codec(Object.class);

        assertEquals(
                nested(5), shallow.decode(Fidelity.encoded(shallow, nested(5)).asByteBuffer()));
        CodecException written = assertThrows(CodecException.class, () -> Fidelity.encoded(shallow, nested(6)));
        assertTrue(written.getMessage().contains("5"), written.getMessage());
        assertTrue(written.getMessage().startsWith("encode a java.util."), written.getMessage());
        ByteBuffer six = Fidelity.encoded(deep, nested(6)).asByteBuffer();
        CodecException read = assertThrows(CodecException.class, () -> shallow.decode(six));
        assertTrue(read.getMessage().contains("5"), read.getMessage());
        assertTrue(
                read.getMessage().startsWith("decode " + six.remaining() + " bytes of " + encoding.title() + ": "),
                read.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void aValueThatContainsItselfIsRefused(Encoding encoding) {
        Map<String, Object> round = new HashMap<>();
        round.put("self", round);

        assertThrows(CodecException.class, () -> Fidelity.encoded(encoding, round));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void theSizeIsBoundedInBothDirections(Encoding encoding) {
        Codec<Object> small = encoding.codec(Object.class, CodecLimits.DEFAULT.withMaxBytes(50));
        Map<String, Object> value = Map.of("a", "x".repeat(60));

        CodecException written =
                assertThrows(CodecException.class, () -> small.encode(value, ByteBuffer.allocate(1000)));
        assertTrue(written.getMessage().contains("more than 50 bytes"), written.getMessage());
        ByteBuffer large = Fidelity.encoded(encoding, value).asByteBuffer();
        CodecException read = assertThrows(CodecException.class, () -> small.decode(large));
        assertEquals(
                "decode " + large.remaining() + " bytes of " + encoding.title() + ": this codec reads at most 50",
                read.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void theBytesNeverChooseAClass(Encoding encoding) {
        Map<String, Object> bytes = Map.of("any", Map.of("@class", "java.util.HashMap", "a", 1));
        ByteBuffer encoded = Fidelity.encoded(encoding, bytes).asByteBuffer();

        assertThrows(CodecException.class, () -> encoding.codec(Open.class).decode(encoded));
        assertInstanceOf(Map.class, encoding.codec(Object.class).decode(encoded));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void aPairWhereTheFirstIsAClassIsAListOfTwo(Encoding encoding) {
        Map<String, Object> value = Map.of("pair", List.of("javax.swing.JEditorPane", Map.of("page", "http://x")));

        assertEquals(
                value,
                encoding.codec(Object.class)
                        .decode(Fidelity.encoded(encoding, value).asByteBuffer()));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void numbersAreNotCutSilently(Encoding encoding) {
        Codec<Numbers> numbers = encoding.codec(Numbers.class);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("count", 1.5, "size", 1),
                Map.of("count", 1L << 40, "size", 1),
                Map.of("count", "many", "size", 1),
                Map.of("size", 1),
                Map.of("count", 1, "size", 1, "extra", 1))) {
            ByteBuffer encoded = Fidelity.encoded(encoding, wrong).asByteBuffer();

            assertThrows(CodecException.class, () -> numbers.decode(encoded), wrong::toString);
        }
        ByteBuffer whole =
                Fidelity.encoded(encoding, Map.of("count", 1, "size", 2)).asByteBuffer();
        assertEquals(new Numbers(1, 2), numbers.decode(whole));
        assertEquals(new Fraction(1, 2), encoding.codec(Fraction.class).decode(whole));
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void treesComeBackAsTheyWere(Encoding encoding) {
        Codec<JsonNode> trees = encoding.codec(JsonNode.class);
        ByteBuffer encoded = Fidelity.encoded(encoding, Sample.maps().get(1)).asByteBuffer();

        JsonNode tree = trees.decode(encoded);

        assertEquals("two", tree.at("/list/1").asText());
        assertEquals(tree, trees.decode(Fidelity.encoded(trees, tree).asByteBuffer()));
    }

    @Test
    void aRefusalIsShortAndOneLine() {
        String name = "n\n\u001b".repeat(100_000);
        ByteBuffer encoded =
                Fidelity.encoded(Encoding.MESSAGE_PACK, Map.of(name, 1)).asByteBuffer();

        CodecException refused = assertThrows(
                CodecException.class, () -> MessagePackCodec.of(Numbers.class).decode(encoded));

        assertTrue(refused.getMessage().length() < 1000, refused.getMessage());
        assertTrue(refused.getMessage().chars().noneMatch(Character::isISOControl), refused.getMessage());
    }

    @Test
    void aNumberOfManyDigitsIsRefused() {
        ByteBuffer digits = ByteBuffer.wrap("9".repeat(100_000).getBytes(UTF_8));

        CodecException refused = assertThrows(
                CodecException.class, () -> JsonCodec.of(Object.class).decode(digits));

        assertTrue(refused.getMessage().contains("1000"), refused.getMessage());
    }

    @Test
    void halfACharacterIsRefusedWhereTextIsUtf8AndEscapedInJson() {
        Map<String, Object> half = Map.of("a", "\ud83d");
        for (Encoding encoding : Encoding.values()) {
            if (encoding != Encoding.JSON) {
                assertThrows(CodecException.class, () -> Fidelity.encoded(encoding, half), encoding::title);
            }
        }
        assertEquals(
                "{\"a\":\"\\uD83D\"}", Fidelity.encoded(Encoding.JSON, half).toUtf8());
        assertEquals(List.of(), Fidelity.changes(Encoding.JSON, half));
    }

    @Test
    void limitsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new CodecLimits(0, 5));
        assertThrows(IllegalArgumentException.class, () -> new CodecLimits(5, -1));
        assertThrows(IllegalArgumentException.class, () -> new CodecLimits(5, 1001));
    }

    private static Map<String, Object> nested(int depth) {
        Object inner = "end";
        for (int level = 1; level < depth; level++) {
            inner = level % 2 == 0 ? new HashMap<>(Map.of("m", inner)) : new ArrayList<>(List.of(inner));
        }
        return new HashMap<>(Map.of("top", inner));
    }
}
