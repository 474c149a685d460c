package org.ipckit.codecs;

import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.ipckit.transport.Message;

/** Reads one MessagePack value as tokens. */
final class MessagePackReader {

    private static final int TIMESTAMP = -1;

    private final LimitedInput input;
    private final TokenBuffer tokens;

    MessagePackReader(LimitedInput input, TokenBuffer tokens) {
        this.input = input;
        this.tokens = tokens;
    }

    void read() throws IOException {
        value(input.unsignedByte());
    }

    private void value(int first) throws IOException {
        if (first <= 0x7f || first >= 0xe0) {
            tokens.writeNumber((int) (byte) first);
        } else if (first <= 0x8f) {
            map(first & 0x0f);
        } else if (first <= 0x9f) {
            list(first & 0x0f);
        } else if (first <= 0xbf) {
            tokens.writeString(input.utf8(first & 0x1f));
        } else {
            switch (first) {
                case 0xc0 -> tokens.writeNull();
                case 0xc2 -> tokens.writeBoolean(false);
                case 0xc3 -> tokens.writeBoolean(true);
                case 0xc4 -> tokens.writeBinary(input.bytes(input.unsignedByte()));
                case 0xc5 -> tokens.writeBinary(input.bytes(unsignedShort()));
                case 0xc6 -> tokens.writeBinary(input.bytes(unsignedInt()));
                case 0xc7 -> extension(input.unsignedByte());
                case 0xc8 -> extension(unsignedShort());
                case 0xc9 -> extension(unsignedInt());
                case 0xca -> tokens.writeNumber(input.float32());
                case 0xcb -> tokens.writeNumber(input.float64());
                case 0xcc -> tokens.writeNumber(input.unsignedByte());
                case 0xcd -> tokens.writeNumber(unsignedShort());
                case 0xce -> integer(unsignedInt());
                case 0xcf -> natural(input.int64());
                case 0xd0 -> tokens.writeNumber((int) (byte) input.unsignedByte());
                case 0xd1 -> tokens.writeNumber(input.int16());
                case 0xd2 -> tokens.writeNumber(input.int32());
                case 0xd3 -> integer(input.int64());
                case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1L << (first - 0xd4));
                case 0xd9 -> tokens.writeString(input.utf8(input.unsignedByte()));
                case 0xda -> tokens.writeString(input.utf8(unsignedShort()));
                case 0xdb -> tokens.writeString(input.utf8(unsignedInt()));
                case 0xdc -> list(unsignedShort());
                case 0xdd -> list(unsignedInt());
                case 0xde -> map(unsignedShort());
                case 0xdf -> map(unsignedInt());
                default -> throw input.refusal("0xc1 begins no value");
            }
        }
    }

    private void list(long size) throws IOException {
        input.enter();
        tokens.writeStartArray();
        for (long left = size; left > 0; left--) {
            value(input.unsignedByte());
        }
        tokens.writeEndArray();
        input.leave();
    }

    private void map(long size) throws IOException {
        input.enter();
        tokens.writeStartObject();
        Set<String> names = new HashSet<>();
        for (long left = size; left > 0; left--) {
            String name = name(input.unsignedByte());
            input.checkNew(names, name);
            tokens.writeFieldName(name);
            value(input.unsignedByte());
        }
        tokens.writeEndObject();
        input.leave();
    }

    /** Reads a key; a whole number becomes its digits. */
    private String name(int first) throws IOException {
        if (first >= 0xa0 && first <= 0xbf) {
            return input.utf8(first & 0x1f);
        }
        if (first <= 0x7f || first >= 0xe0) {
            return Integer.toString((byte) first);
        }
        return switch (first) {
            case 0xcc -> Integer.toString(input.unsignedByte());
            case 0xcd -> Integer.toString(unsignedShort());
            case 0xce -> Long.toString(unsignedInt());
            case 0xcf -> Long.toUnsignedString(input.int64());
            case 0xd0 -> Integer.toString((byte) input.unsignedByte());
            case 0xd1 -> Integer.toString(input.int16());
            case 0xd2 -> Integer.toString(input.int32());
            case 0xd3 -> Long.toString(input.int64());
            case 0xd9 -> input.utf8(input.unsignedByte());
            case 0xda -> input.utf8(unsignedShort());
            case 0xdb -> input.utf8(unsignedInt());
            default ->
                throw input.refusal(String.format("a key that is neither text nor a whole number (0x%02x)", first));
        };
    }

    private void integer(long value) throws IOException {
        if (value == (int) value) {
            tokens.writeNumber((int) value);
        } else {
            tokens.writeNumber(value);
        }
    }

    private void natural(long bits) throws IOException {
        if (bits >= 0) {
            integer(bits);
        } else {
            tokens.writeNumber(new BigInteger(Long.toUnsignedString(bits)));
        }
    }

    private void extension(long size) throws IOException {
        int type = (byte) input.unsignedByte();
        if (type == TIMESTAMP) {
            tokens.writeEmbeddedObject(timestamp(size));
        } else {
            tokens.writeEmbeddedObject(new MessagePackExtension(type, Message.of(input.bytes(size))));
        }
    }

    private Instant timestamp(long size) {
        long nanos = 0;
        long seconds;
        if (size == 4) {
            seconds = unsignedInt();
        } else if (size == 8) {
            long both = input.int64();
            nanos = both >>> 34;
            seconds = both & ((1L << 34) - 1);
        } else if (size == 12) {
            nanos = unsignedInt();
            seconds = input.int64();
        } else {
            throw input.refusal("a timestamp of " + size + " bytes; there are 4, 8 and 12");
        }
        if (nanos > 999_999_999) {
            throw input.refusal("a timestamp of " + nanos + " nanoseconds; a second has fewer");
        }
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException tooFar) {
            throw input.refusal("a timestamp " + seconds + " seconds from 1970, which no Instant reaches");
        }
    }

    private int unsignedShort() {
        return input.int16() & 0xffff;
    }

    private long unsignedInt() {
        return input.int32() & 0xffff_ffffL;
    }
}
