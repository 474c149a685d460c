package org.ipckit.codecs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.types.Binary;
import org.bson.types.Code;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * Values as BSON, the documents of MongoDB: a value is a record or a map, never a list or a number alone. It keeps int, long,
 * double and decimals of up to 34 digits apart, and has bytes, UUIDs and points in time, of milliseconds. What only BSON
 * has is a value of its library's type: {@link ObjectId}, {@link BsonTimestamp} and the like.
 */
public final class BsonCodec<T> extends TokenCodec<T> {

    private static final List<Class<?>> OWN_TYPES = List.of(
            Instant.class,
            UUID.class,
            ObjectId.class,
            Decimal128.class,
            Binary.class,
            Code.class,
            BsonTimestamp.class,
            BsonRegularExpression.class,
            BsonMinKey.class,
            BsonMaxKey.class);

    BsonCodec(Type type, CodecLimits limits) {
        super("BSON", mapper(limits), type, limits);
    }

    /** Returns the codec of a record, of {@code Map} or {@code JsonNode}, within the default limits. */
    public static <T> BsonCodec<T> of(Class<T> type) {
        return of(type, CodecLimits.DEFAULT);
    }

    /** Returns the codec within these limits. */
    public static <T> BsonCodec<T> of(Class<T> type, CodecLimits limits) {
        return new BsonCodec<>(type, limits);
    }

    /** Returns the codec of a type with parameters: {@code new TypeReference<Map<String, Order>>() {}}. */
    public static <T> BsonCodec<T> of(TypeReference<T> type, CodecLimits limits) {
        return new BsonCodec<>(type.getType(), limits);
    }

    private static ObjectMapper mapper(CodecLimits limits) {
        return ValueRules.tokenMapper(
                limits, new EmbeddedValues("BSON", OWN_TYPES).addDeserializer(BigInteger.class, new WholeDecimals()));
    }

    @Override
    void write(TokenBuffer tokens, LimitedOutput output) throws IOException {
        new BsonWriter(output).write(tokens);
    }

    @Override
    void read(LimitedInput input, TokenBuffer tokens) throws IOException {
        new BsonReader(input, tokens).read();
    }
}
