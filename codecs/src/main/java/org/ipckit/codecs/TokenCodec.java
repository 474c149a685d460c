package org.ipckit.codecs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.ipckit.transport.Codec;

/**
 * The codecs whose bytes are written and read here. Jackson makes tokens of the value and values of the tokens, so that
 * records, annotations and rules are those of the other codecs.
 */
abstract sealed class TokenCodec<T> implements Codec<T> permits BsonCodec, MessagePackCodec {

    private final String encoding;
    private final CodecLimits limits;
    private final ObjectMapper mapper;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    TokenCodec(String encoding, ObjectMapper mapper, Type type, CodecLimits limits) {
        this.encoding = encoding;
        this.limits = limits;
        this.mapper = mapper;
        this.writer = mapper.writerFor(mapper.constructType(type));
        this.reader = mapper.readerFor(mapper.constructType(type));
    }

    /** Writes the tokens of one value. */
    abstract void write(TokenBuffer tokens, LimitedOutput output) throws IOException;

    /** Reads one value, and no byte more. */
    abstract void read(LimitedInput input, TokenBuffer tokens) throws IOException;

    @Override
    public final int encode(T value, ByteBuffer buffer) {
        Objects.requireNonNull(value, "value");
        LimitedOutput output = new LimitedOutput(buffer, limits);
        try (TokenBuffer tokens = new TokenBuffer(mapper, false)) {
            writer.writeValue(new BoundedTokens(tokens, output), value);
            write(tokens, output);
        } catch (BufferOverflowException overflow) {
            if (output.ownLimitIsNear()) {
                throw Refusals.ofValue(encoding, value, output.refusal());
            }
            throw overflow;
        } catch (IOException | RuntimeException failure) {
            throw Refusals.ofValue(encoding, value, failure);
        }
        return output.finish();
    }

    @Override
    public final T decode(ByteBuffer buffer) {
        int sizeBytes = buffer.remaining();
        Refusals.checkSize(encoding, sizeBytes, limits);
        T value;
        try (TokenBuffer tokens = new TokenBuffer(mapper, false)) {
            LimitedInput input = new LimitedInput(buffer, limits);
            read(input, tokens);
            input.checkEnd();
            value = reader.readValue(tokens.asParser(mapper));
        } catch (IOException | RuntimeException failure) {
            throw Refusals.ofBytes(encoding, sizeBytes, failure);
        }
        if (value == null) {
            throw Refusals.ofBytes(encoding, sizeBytes, "no value");
        }
        return value;
    }

    @Override
    public final String toString() {
        return encoding + " codec";
    }
}
