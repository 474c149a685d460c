package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.ipckit.transport.CodecException;

/**
 * Values as JSON (RFC 8259) in UTF-8: text that people read and every language knows. Numbers have no kinds, bytes become
 * base64, and what is not a number (NaN, infinity) becomes a string.
 */
public final class JsonCodec<T> extends JacksonCodec<T> {

    JsonCodec(Type type, CodecLimits limits) {
        super("JSON", mapper(limits), type, limits);
    }

    /** Returns the codec of a record, of {@code Map}, {@code Object} or {@code JsonNode}, within the default limits. */
    public static <T> JsonCodec<T> of(Class<T> type) {
        return of(type, CodecLimits.DEFAULT);
    }

    /** Returns the codec within these limits. */
    public static <T> JsonCodec<T> of(Class<T> type, CodecLimits limits) {
        return new JsonCodec<>(type, limits);
    }

    /** Returns the codec of a type with parameters: {@code new TypeReference<List<Order>>() {}}. */
    public static <T> JsonCodec<T> of(TypeReference<T> type, CodecLimits limits) {
        return new JsonCodec<>(type.getType(), limits);
    }

    @Override
    void check(ByteBuffer bytes) {
        int wrong = Utf8.firstWrong(bytes);
        if (wrong >= 0) {
            throw new CodecException("not UTF-8 at byte " + wrong);
        }
    }

    private static ObjectMapper mapper(CodecLimits limits) {
        // A JSON text between programs is UTF-8; guessing other charsets lets the same bytes mean two things.
        return ValueRules.mapper(JsonMapper.builder(ValueRules.bounded(
                JsonFactory.builder()
                        .disable(JsonFactory.Feature.CHARSET_DETECTION)
                        .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8),
                limits)));
    }
}
