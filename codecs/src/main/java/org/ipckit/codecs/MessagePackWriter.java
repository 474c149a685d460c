package org.ipckit.codecs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.ipckit.transport.CodecException;

/** Writes tokens as MessagePack, each value in its shortest form. */
final class MessagePackWriter {

    private static final long NANOS_BITS = 34; // of the eight-byte timestamp, what is left of them are seconds
    private static final int TIMESTAMP = -1;

    private final LimitedOutput output;
    private final ByteBuffer bytes;

    MessagePackWriter(LimitedOutput output) {
        this.output = output;
        this.bytes = output.bytes;
    }

    void write(TokenBuffer tokens) throws IOException {
        ContainerSizes sizes = ContainerSizes.of(tokens, output);
        try (JsonParser parser = tokens.asParser()) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> head(sizes.next(), 0x80, 15, -1, 0xde);
                    case START_ARRAY -> head(sizes.next(), 0x90, 15, -1, 0xdc);
                    case END_OBJECT, END_ARRAY -> {} // the size has said it
                    case FIELD_NAME -> text(parser.currentName());
                    case VALUE_STRING -> text(parser.getText());
                    case VALUE_NULL -> put(0xc0);
                    case VALUE_FALSE -> put(0xc2);
                    case VALUE_TRUE -> put(0xc3);
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getNumberValue());
                    case VALUE_EMBEDDED_OBJECT -> embedded(parser.getEmbeddedObject());
                    default -> throw new CodecException("no encoding of " + token);
                }
            }
        }
    }

    private void number(Number number) {
        if (number instanceof Double value) {
            put(0xcb);
            bytes.putDouble(value);
        } else if (number instanceof Float value) {
            put(0xca);
            bytes.putFloat(value);
        } else if (number instanceof BigInteger value) {
            if (value.bitLength() <= 63) {
                integer(value.longValue());
            } else if (value.signum() > 0 && value.bitLength() == 64) {
                put(0xcf);
                bytes.putLong(value.longValue());
            } else {
                text(value.toString());
            }
        } else if (number instanceof BigDecimal value) {
            text(value.toString());
        } else {
            integer(number.longValue());
        }
    }

    private void integer(long value) {
        if (value >= -32 && value <= 127) {
            put((int) value);
        } else if (value >= 0) {
            natural(value);
        } else if (value >= Byte.MIN_VALUE) {
            put(0xd0);
            put((int) value);
        } else if (value >= Short.MIN_VALUE) {
            put(0xd1);
            bytes.putShort((short) value);
        } else if (value >= Integer.MIN_VALUE) {
            put(0xd2);
            bytes.putInt((int) value);
        } else {
            put(0xd3);
            bytes.putLong(value);
        }
    }

    private void natural(long value) {
        if (value <= 0xff) {
            put(0xcc);
            put((int) value);
        } else if (value <= 0xffff) {
            put(0xcd);
            bytes.putShort((short) value);
        } else if (value <= 0xffff_ffffL) {
            put(0xce);
            bytes.putInt((int) value);
        } else {
            put(0xcf);
            bytes.putLong(value);
        }
    }

    private void text(String text) {
        head(LimitedOutput.utf8Length(text), 0xa0, 31, 0xd9, 0xda);
        output.putUtf8(text);
    }

    private void embedded(Object value) {
        if (value instanceof byte[] binary) {
            head(binary.length, 0, -1, 0xc4, 0xc5);
            bytes.put(binary);
        } else if (value instanceof Instant instant) {
            timestamp(instant);
        } else if (value instanceof MessagePackExtension extension) {
            extension(extension.type(), extension.data().size());
            bytes.put(extension.data().asByteBuffer());
        } else {
            throw new CodecException(
                    "MessagePack has no type for a " + value.getClass().getName());
        }
    }

    private void timestamp(Instant instant) {
        long seconds = instant.getEpochSecond();
        int nanos = instant.getNano();
        if (seconds >>> NANOS_BITS != 0) {
            extension(TIMESTAMP, 12);
            bytes.putInt(nanos).putLong(seconds);
        } else if (nanos == 0 && seconds <= 0xffff_ffffL) {
            extension(TIMESTAMP, 4);
            bytes.putInt((int) seconds);
        } else {
            extension(TIMESTAMP, 8);
            bytes.putLong(((long) nanos << NANOS_BITS) | seconds);
        }
    }

    private void extension(int type, int size) {
        if (size > 0 && size <= 16 && Integer.bitCount(size) == 1) {
            put(0xd4 + Integer.numberOfTrailingZeros(size));
        } else {
            head(size, 0, -1, 0xc7, 0xc8);
        }
        put(type);
    }

    /**
     * Writes what begins a value that has a size.
     *
     * @param small the first byte of the form with the size in it, up to {@code largest}, which is -1 if there is none
     * @param withByte the first byte of the form with the size in one byte; -1 if there is none
     * @param withShort that of the form with two bytes; the next is that with four
     */
    private void head(int size, int small, int largest, int withByte, int withShort) {
        if (size <= largest) {
            put(small | size);
        } else if (size <= 0xff && withByte >= 0) {
            put(withByte);
            put(size);
        } else if (size <= 0xffff) {
            put(withShort);
            bytes.putShort((short) size);
        } else {
            put(withShort + 1);
            bytes.putInt(size);
        }
    }

    private void put(int b) {
        bytes.put((byte) b);
    }
}
