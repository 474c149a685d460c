package org.ipckit.codecs;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import org.ipckit.transport.Codec;
import org.ipckit.transport.CodecException;

/** The encodings that there are codecs for, and what their bytes mean. */
public enum Encoding {
    JSON("JSON") {
        @Override
        <T> Codec<T> codec(Type type, CodecLimits limits) {
            return new JsonCodec<>(type, limits);
        }

        @Override
        List<Piece> dissect(ByteBuffer bytes) {
            return JsonAnatomy.of(bytes);
        }

        @Override
        public List<String> meaningsOf(byte first) {
            return List.of(JsonAnatomy.meaningOf(Byte.toUnsignedInt(first)));
        }
    },
    CBOR("CBOR") {
        @Override
        <T> Codec<T> codec(Type type, CodecLimits limits) {
            return new CborCodec<>(type, limits);
        }

        @Override
        List<Piece> dissect(ByteBuffer bytes) {
            return CborAnatomy.of(bytes);
        }

        @Override
        public List<String> meaningsOf(byte first) {
            return List.of(CborAnatomy.meaningOf(Byte.toUnsignedInt(first)));
        }
    },
    SMILE("Smile") {
        @Override
        <T> Codec<T> codec(Type type, CodecLimits limits) {
            return new SmileCodec<>(type, limits);
        }

        @Override
        List<Piece> dissect(ByteBuffer bytes) {
            return SmileAnatomy.of(bytes);
        }

        @Override
        public List<String> meaningsOf(byte first) {
            return List.of(
                    SmileAnatomy.meaningOf(Byte.toUnsignedInt(first)),
                    "as a name: " + SmileAnatomy.meaningOfName(Byte.toUnsignedInt(first)));
        }
    },
    BSON("BSON") {
        @Override
        <T> Codec<T> codec(Type type, CodecLimits limits) {
            return new BsonCodec<>(type, limits);
        }

        @Override
        List<Piece> dissect(ByteBuffer bytes) {
            return BsonAnatomy.of(bytes);
        }

        @Override
        public List<String> meaningsOf(byte first) {
            return List.of(BsonAnatomy.meaningOf(Byte.toUnsignedInt(first)));
        }
    },
    MESSAGE_PACK("MessagePack") {
        @Override
        <T> Codec<T> codec(Type type, CodecLimits limits) {
            return new MessagePackCodec<>(type, limits);
        }

        @Override
        List<Piece> dissect(ByteBuffer bytes) {
            return MessagePackAnatomy.of(bytes);
        }

        @Override
        public List<String> meaningsOf(byte first) {
            return List.of(MessagePackAnatomy.meaningOf(Byte.toUnsignedInt(first)));
        }
    };

    private final String title;

    Encoding(String title) {
        this.title = title;
    }

    /** Returns its name as people write it. */
    public String title() {
        return title;
    }

    /** Returns its codec of a record, of {@code Map}, {@code Object} or {@code JsonNode}, within the default limits. */
    public <T> Codec<T> codec(Class<T> type) {
        return codec(type, CodecLimits.DEFAULT);
    }

    /** Returns its codec within these limits. */
    public <T> Codec<T> codec(Class<T> type, CodecLimits limits) {
        return codec((Type) type, limits);
    }

    abstract <T> Codec<T> codec(Type type, CodecLimits limits);

    /**
     * Takes an encoded value apart. The pieces follow each other, and together are all its bytes.
     *
     * @throws CodecException if the bytes are no value of this encoding
     */
    public List<Piece> anatomy(ByteBuffer bytes) {
        Refusals.checkSize(title, bytes.remaining(), CodecLimits.DEFAULT);
        try {
            return dissect(bytes);
        } catch (RuntimeException failure) {
            throw Refusals.ofBytes(title, bytes.remaining(), failure);
        }
    }

    abstract List<Piece> dissect(ByteBuffer bytes);

    /** Returns in words what begins with this byte: one meaning for each place where it can stand. */
    public abstract List<String> meaningsOf(byte first);
}
