package org.ipckit.codecs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.lang.reflect.Type;

/**
 * Values as CBOR (RFC 8949): compact, with bytes, NaN, half floats, large integers and decimals. Tags that have no meaning
 * here are passed over, and what they tag is the value.
 */
public final class CborCodec<T> extends JacksonCodec<T> {

    CborCodec(Type type, CodecLimits limits) {
        super("CBOR", mapper(limits), type, limits);
    }

    /** Returns the codec of a record, of {@code Map}, {@code Object} or {@code JsonNode}, within the default limits. */
    public static <T> CborCodec<T> of(Class<T> type) {
        return of(type, CodecLimits.DEFAULT);
    }

    /** Returns the codec within these limits. */
    public static <T> CborCodec<T> of(Class<T> type, CodecLimits limits) {
        return new CborCodec<>(type, limits);
    }

    /** Returns the codec of a type with parameters: {@code new TypeReference<List<Order>>() {}}. */
    public static <T> CborCodec<T> of(TypeReference<T> type, CodecLimits limits) {
        return new CborCodec<>(type.getType(), limits);
    }

    private static ObjectMapper mapper(CodecLimits limits) {
        // Without these, Jackson's large negative numbers are one away from everybody else's.
        return ValueRules.mapper(CBORMapper.builder(ValueRules.bounded(
                CBORFactory.builder()
                        .enable(CBORGenerator.Feature.ENCODE_USING_STANDARD_NEGATIVE_BIGINT_ENCODING)
                        .enable(CBORParser.Feature.DECODE_USING_STANDARD_NEGATIVE_BIGINT_ENCODING),
                limits)));
    }
}
