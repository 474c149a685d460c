package org.ipckit.codecs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import org.ipckit.transport.CodecException;

/**
 * Values as Smile, the binary twin of JSON that Jackson's people have made: it begins with {@code :)} and a line feed, and a
 * field name that comes again is a reference to the first.
 */
public final class SmileCodec<T> extends JacksonCodec<T> {

    SmileCodec(Type type, CodecLimits limits) {
        super("Smile", mapper(limits), type, limits);
    }

    /** Returns the codec of a record, of {@code Map}, {@code Object} or {@code JsonNode}, within the default limits. */
    public static <T> SmileCodec<T> of(Class<T> type) {
        return of(type, CodecLimits.DEFAULT);
    }

    /** Returns the codec within these limits. */
    public static <T> SmileCodec<T> of(Class<T> type, CodecLimits limits) {
        return new SmileCodec<>(type, limits);
    }

    /** Returns the codec of a type with parameters: {@code new TypeReference<List<Order>>() {}}. */
    public static <T> SmileCodec<T> of(TypeReference<T> type, CodecLimits limits) {
        return new SmileCodec<>(type.getType(), limits);
    }

    /** Jackson makes the header optional when it reads a stream. */
    @Override
    void check(ByteBuffer bytes) {
        int at = bytes.position();
        if (bytes.remaining() < 4 || bytes.get(at) != ':' || bytes.get(at + 1) != ')' || bytes.get(at + 2) != '\n') {
            throw new CodecException("does not begin with ':)' and a line feed");
        }
    }

    private static ObjectMapper mapper(CodecLimits limits) {
        // Bytes as they are. Seven bits in each byte is for transports that treat some bytes specially, and none of
        // ours does.
        return ValueRules.mapper(SmileMapper.builder(ValueRules.bounded(
                SmileFactory.builder().disable(SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT), limits)));
    }
}
