package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;

/** The codecs whose bytes Jackson itself writes and reads. */
abstract sealed class JacksonCodec<T> implements Codec<T> permits JsonCodec, CborCodec, SmileCodec {

    private final String encoding;
    private final CodecLimits limits;
    private final ObjectWriter writer;
    private final ObjectReader reader;

    JacksonCodec(String encoding, ObjectMapper mapper, Type type, CodecLimits limits) {
        this.encoding = encoding;
        this.limits = limits;
        this.writer = mapper.writerFor(mapper.constructType(type));
        this.reader = mapper.readerFor(mapper.constructType(type));
    }

    @Override
    public final int encode(T value, ByteBuffer buffer) {
        Objects.requireNonNull(value, "value");
        int start = buffer.position();
        BufferOutput output = new BufferOutput(buffer, limits.maxBytes());
        try {
            writer.writeValue(output, value);
        } catch (IOException | RuntimeException failure) {
            buffer.position(start);
            if (output.refusal() instanceof BufferOverflowException overflow) {
                throw overflow;
            }
            throw Refusals.ofValue(encoding, value, output.refusal() == null ? failure : output.refusal());
        }
        return buffer.position() - start;
    }

    @Override
    public final T decode(ByteBuffer buffer) {
        int sizeBytes = buffer.remaining();
        Refusals.checkSize(encoding, sizeBytes, limits);
        T value;
        try {
            check(buffer);
            value = readOnly(new ByteBufferBackedInputStream(buffer.duplicate()));
        } catch (IOException | RuntimeException failure) {
            throw Refusals.ofBytes(encoding, sizeBytes, failure);
        }
        if (value == null || (value instanceof JsonNode node && node.isMissingNode())) {
            throw Refusals.ofBytes(encoding, sizeBytes, "no value");
        }
        return value;
    }

    /** Refuses bytes that Jackson would take. */
    void check(ByteBuffer bytes) {}

    /** Reads one value, and refuses what follows it, even where Smile's header begins another one. */
    private T readOnly(InputStream bytes) throws IOException {
        try (JsonParser parser = reader.createParser(bytes)) {
            T value = reader.readValue(parser);
            int left = parser.releaseBuffered(OutputStream.nullOutputStream()) + bytes.available();
            if (left > 0) {
                throw new CodecException("the value ends, and " + left + " bytes follow");
            }
            return value;
        }
    }

    @Override
    public final String toString() {
        return encoding + " codec";
    }
}
