package org.ipckit.codecs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.ipckit.transport.Message;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** What our writers write, the libraries of MongoDB and MessagePack read, and write the same themselves. */
class LibrariesAgreeTest {

    private static final int DEEPEST = 2;

    @Provide
    Arbitrary<Map<String, Object>> maps() {
        return map(DEEPEST);
    }

    private static Arbitrary<Map<String, Object>> map(int depth) {
        return Arbitraries.maps(names(), value(depth)).ofMaxSize(20);
    }

    private static Arbitrary<Object> value(int depth) {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                Arbitraries.integers().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                texts().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.just(null));
        return depth == 0
                ? scalar
                : Arbitraries.frequencyOf(
                        Tuple.of(8, scalar),
                        Tuple.of(1, value(depth - 1).list().ofMaxSize(20).map(Object.class::cast)),
                        Tuple.of(1, map(depth - 1).map(Object.class::cast)));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.strings().alpha().numeric().withChars('ä', '水').ofMaxLength(40);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', '"', '\\', '\n', '\0', 'ü', '水')
                .ofMaxLength(300);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void everyEncodingBringsAMapBack(@ForAll("maps") Map<String, Object> map) {
        for (Encoding encoding : Encoding.values()) {
            Object after = encoding.codec(Object.class)
                    .decode(Fidelity.encoded(encoding, map).asByteBuffer());

            assertEquals(wide(map), wide(after), encoding::title);
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void messagePackIsWhatItsLibraryWrites(@ForAll("maps") Map<String, Object> map) throws IOException {
        byte[] ours = Fidelity.encoded(Encoding.MESSAGE_PACK, map).toByteArray();

        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(ours);
                MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            packer.packValue(unpacker.unpackValue());
            assertArrayEquals(packer.toByteArray(), ours);
        }
    }

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void bsonIsWhatItsLibraryWrites(@ForAll("maps") Map<String, Object> map, @ForAll BigDecimal decimal) {
        Message ours =
                Fidelity.encoded(Encoding.BSON, Map.of("map", map, "decimal", decimal.round(MathContext.DECIMAL128)));

        BsonDocument theirs;
        try (BsonBinaryReader reader = new BsonBinaryReader(ours.asByteBuffer())) {
            theirs = new BsonDocumentCodec()
                    .decode(reader, DecoderContext.builder().build());
        }
        try (BasicOutputBuffer output = new BasicOutputBuffer();
                BsonBinaryWriter writer = new BsonBinaryWriter(output)) {
            new BsonDocumentCodec()
                    .encode(writer, theirs, EncoderContext.builder().build());
            assertArrayEquals(output.toByteArray(), ours.toByteArray());
        }
    }

    /** Returns the value with every whole number as a long: how wide they are is not what is compared. */
    private static Object wide(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> Arrays.asList(entry.getKey(), wide(entry.getValue())))
                    .toList();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(LibrariesAgreeTest::wide).toList();
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        return value;
    }
}
