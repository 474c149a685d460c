package org.ipckit.codecs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;

/**
 * Values as MessagePack: the smallest of the five, with bytes and points in time. Whole numbers take the fewest bytes that
 * hold them; those beyond 64 bits, and decimals, are written as text.
 */
public final class MessagePackCodec<T> extends TokenCodec<T> {

    private static final List<Class<?>> OWN_TYPES = List.of(Instant.class, MessagePackExtension.class);

    MessagePackCodec(Type type, CodecLimits limits) {
        super("MessagePack", mapper(limits), type, limits);
    }

    /** Returns the codec of a record, of {@code Map}, {@code Object} or {@code JsonNode}, within the default limits. */
    public static <T> MessagePackCodec<T> of(Class<T> type) {
        return of(type, CodecLimits.DEFAULT);
    }

    /** Returns the codec within these limits. */
    public static <T> MessagePackCodec<T> of(Class<T> type, CodecLimits limits) {
        return new MessagePackCodec<>(type, limits);
    }

    /** Returns the codec of a type with parameters: {@code new TypeReference<List<Order>>() {}}. */
    public static <T> MessagePackCodec<T> of(TypeReference<T> type, CodecLimits limits) {
        return new MessagePackCodec<>(type.getType(), limits);
    }

    private static ObjectMapper mapper(CodecLimits limits) {
        return ValueRules.tokenMapper(limits, new EmbeddedValues("MessagePack", OWN_TYPES));
    }

    @Override
    void write(TokenBuffer tokens, LimitedOutput output) throws IOException {
        new MessagePackWriter(output).write(tokens);
    }

    @Override
    void read(LimitedInput input, TokenBuffer tokens) throws IOException {
        new MessagePackReader(input, tokens).read();
    }
}
