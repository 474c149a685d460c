package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.UUID;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.types.Binary;
import org.bson.types.Code;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.ipckit.transport.CodecException;

/** Writes the tokens of an object as a BSON document. */
final class BsonWriter {

    private static final int PLAIN = 0; // subtypes of binary
    private static final int UUID_BYTES = 4;

    private final LimitedOutput output;
    private final ByteBuffer bytes;

    BsonWriter(LimitedOutput output) {
        this.output = output;
        this.bytes = output.bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    void write(TokenBuffer tokens) throws IOException {
        try (JsonParser parser = tokens.asParser()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new CodecException("a BSON document is an object with fields; put the value into a field of one");
            }
            object(parser, 1);
        }
    }

    private void object(JsonParser parser, int depth) throws IOException {
        int start = begin(depth);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            element(name, parser, parser.nextToken(), depth);
        }
        end(start);
    }

    private void list(JsonParser parser, int depth) throws IOException {
        int start = begin(depth);
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            element(Integer.toString(index++), parser, token, depth);
        }
        end(start);
    }

    private int begin(int depth) {
        output.checkDepth(depth);
        int start = bytes.position();
        bytes.putInt(0); // the size, once it is known
        return start;
    }

    private void end(int start) {
        put(0);
        bytes.putInt(start, bytes.position() - start);
    }

    private void element(String name, JsonParser parser, JsonToken token, int depth) throws IOException {
        switch (token) {
            case START_OBJECT -> {
                head(BsonKind.DOCUMENT, name);
                object(parser, depth + 1);
            }
            case START_ARRAY -> {
                head(BsonKind.ARRAY, name);
                list(parser, depth + 1);
            }
            case VALUE_STRING -> {
                head(BsonKind.STRING, name);
                text(parser.getText());
            }
            case VALUE_NULL -> head(BsonKind.NULL, name);
            case VALUE_TRUE, VALUE_FALSE -> {
                head(BsonKind.BOOLEAN, name);
                put(token == JsonToken.VALUE_TRUE ? 1 : 0);
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(name, parser.getNumberValue());
            case VALUE_EMBEDDED_OBJECT -> embedded(name, parser.getEmbeddedObject());
            default -> throw new CodecException("no encoding of " + token);
        }
    }

    private void number(String name, Number number) {
        if (number instanceof Double || number instanceof Float) {
            head(BsonKind.DOUBLE, name);
            bytes.putDouble(number.doubleValue());
        } else if (number instanceof BigDecimal value) {
            decimal(name, decimal128(value));
        } else if (number instanceof BigInteger value) {
            decimal(name, decimal128(new BigDecimal(value)));
        } else if (number instanceof Long value) {
            head(BsonKind.INT64, name);
            bytes.putLong(value);
        } else {
            head(BsonKind.INT32, name);
            bytes.putInt(number.intValue());
        }
    }

    private static Decimal128 decimal128(BigDecimal value) {
        try {
            return new Decimal128(value);
        } catch (NumberFormatException tooLong) {
            throw new CodecException(
                    "BSON's decimals have at most 34 digits and exponents from -6176 to 6111; this one has "
                            + value.precision() + " digits and the exponent " + -(long) value.scale(),
                    tooLong);
        }
    }

    private void decimal(String name, Decimal128 value) {
        head(BsonKind.DECIMAL128, name);
        bytes.putLong(value.getLow()).putLong(value.getHigh());
    }

    private void embedded(String name, Object value) {
        if (value instanceof byte[] plain) {
            binary(name, PLAIN, plain);
        } else if (value instanceof Binary other) {
            binary(name, other.getType(), other.getData());
        } else if (value instanceof UUID uuid) {
            ByteBuffer both = ByteBuffer.allocate(16);
            both.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
            binary(name, UUID_BYTES, both.array());
        } else if (value instanceof Instant instant) {
            head(BsonKind.DATE_TIME, name);
            bytes.putLong(instant.toEpochMilli());
        } else if (value instanceof Decimal128 decimal) {
            decimal(name, decimal);
        } else if (value instanceof ObjectId id) {
            head(BsonKind.OBJECT_ID, name);
            bytes.put(id.toByteArray());
        } else if (value instanceof BsonTimestamp timestamp) {
            head(BsonKind.TIMESTAMP, name);
            bytes.putLong(timestamp.getValue());
        } else if (value instanceof BsonRegularExpression expression) {
            head(BsonKind.REGULAR_EXPRESSION, name);
            name(expression.getPattern());
            name(expression.getOptions());
        } else if (value instanceof Code code) {
            head(BsonKind.CODE, name);
            text(code.getCode());
        } else if (value instanceof BsonMinKey) {
            head(BsonKind.MIN_KEY, name);
        } else if (value instanceof BsonMaxKey) {
            head(BsonKind.MAX_KEY, name);
        } else {
            throw new CodecException(
                    "BSON has no type for a " + value.getClass().getName());
        }
    }

    private void binary(String name, int subtype, byte[] data) {
        head(BsonKind.BINARY, name);
        bytes.putInt(data.length);
        put(subtype);
        bytes.put(data);
    }

    private void head(BsonKind kind, String name) {
        put(kind.code());
        name(name);
    }

    /** Writes a text that a zero ends. */
    private void name(String name) {
        if (name.indexOf('\0') >= 0) {
            throw new CodecException("a zero character in a name; BSON ends names with it");
        }
        output.putUtf8(name);
        put(0);
    }

    private void text(String text) {
        bytes.putInt(LimitedOutput.utf8Length(text) + 1);
        output.putUtf8(text);
        put(0);
    }

    private void put(int b) {
        bytes.put((byte) b);
    }
}
