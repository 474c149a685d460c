package org.ipckit.codecs;

import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonMaxKey;
import org.bson.BsonMinKey;
import org.bson.BsonRegularExpression;
import org.bson.BsonTimestamp;
import org.bson.types.Binary;
import org.bson.types.Code;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/** Reads one BSON document as tokens. */
final class BsonReader {

    private static final int SMALLEST_DOCUMENT = 5;
    private static final int PLAIN = 0; // subtypes of binary
    private static final int OLD_PLAIN = 2;
    private static final int UUID_BYTES = 4;

    private final LimitedInput input;
    private final TokenBuffer tokens;

    BsonReader(LimitedInput input, TokenBuffer tokens) {
        this.input = input.order(ByteOrder.LITTLE_ENDIAN);
        this.tokens = tokens;
    }

    void read() throws IOException {
        object();
    }

    private void object() throws IOException {
        int end = begin();
        tokens.writeStartObject();
        Set<String> names = new HashSet<>();
        for (int code = input.unsignedByte(); code != 0; code = input.unsignedByte()) {
            String name = input.utf8UpToZero();
            input.checkNew(names, name);
            tokens.writeFieldName(name);
            element(code);
        }
        tokens.writeEndObject();
        end(end);
    }

    /** An array is a document too; its names are said to be 0, 1, 2 and are not looked at. */
    private void list() throws IOException {
        int end = begin();
        tokens.writeStartArray();
        for (int code = input.unsignedByte(); code != 0; code = input.unsignedByte()) {
            input.utf8UpToZero();
            element(code);
        }
        tokens.writeEndArray();
        end(end);
    }

    private int begin() {
        input.enter();
        int start = input.at();
        int size = input.int32();
        if (size < SMALLEST_DOCUMENT || size - 4 > input.remaining()) {
            throw input.refusal("a document of " + size + " bytes where " + (input.remaining() + 4) + " are there");
        }
        return start + size;
    }

    private void end(int end) {
        if (input.at() != end) {
            throw input.refusal("a document ends here that said it ends at byte " + end);
        }
        input.leave();
    }

    private void element(int code) throws IOException {
        BsonKind kind = BsonKind.of(code);
        if (kind == null) {
            throw input.refusal(String.format("an element of type 0x%02x, which BSON does not have", code));
        }
        switch (kind) {
            case DOUBLE -> tokens.writeNumber(input.float64());
            case STRING, SYMBOL -> tokens.writeString(text());
            case DOCUMENT -> object();
            case ARRAY -> list();
            case BINARY -> binary();
            case OBJECT_ID -> tokens.writeEmbeddedObject(new ObjectId(input.bytes(12)));
            case BOOLEAN -> tokens.writeBoolean(truth());
            case DATE_TIME -> tokens.writeEmbeddedObject(Instant.ofEpochMilli(input.int64()));
            case NULL, UNDEFINED -> tokens.writeNull();
            case REGULAR_EXPRESSION ->
                tokens.writeEmbeddedObject(new BsonRegularExpression(input.utf8UpToZero(), input.utf8UpToZero()));
            case CODE -> tokens.writeEmbeddedObject(new Code(text()));
            case INT32 -> tokens.writeNumber(input.int32());
            case TIMESTAMP -> tokens.writeEmbeddedObject(new BsonTimestamp(input.int64()));
            case INT64 -> tokens.writeNumber(input.int64());
            case DECIMAL128 -> decimal();
            case MIN_KEY -> tokens.writeEmbeddedObject(new BsonMinKey());
            case MAX_KEY -> tokens.writeEmbeddedObject(new BsonMaxKey());
            case DB_POINTER, CODE_WITH_SCOPE ->
                throw input.refusal("an element of type " + kind.words() + ", which is not read here");
        }
    }

    private String text() {
        int size = input.int32();
        if (size < 1) {
            throw input.refusal("a string of " + size + " bytes; the smallest has 1, its end");
        }
        String text = input.utf8(size - 1);
        if (input.unsignedByte() != 0) {
            throw input.refusal("a string without the zero at its end");
        }
        return text;
    }

    private boolean truth() {
        int value = input.unsignedByte();
        if (value > 1) {
            throw input.refusal("a boolean of " + value + "; there are 0 and 1");
        }
        return value == 1;
    }

    private void binary() throws IOException {
        int size = input.int32();
        int subtype = input.unsignedByte();
        if (subtype == OLD_PLAIN) {
            int inner = input.int32();
            if (inner != size - 4L) {
                throw input.refusal("a binary of " + size + " bytes with " + inner + " bytes in it");
            }
            tokens.writeBinary(input.bytes(inner));
        } else if (subtype == PLAIN) {
            tokens.writeBinary(input.bytes(size));
        } else if (subtype == UUID_BYTES && size == 16) {
            ByteBuffer both = ByteBuffer.wrap(input.bytes(size));
            tokens.writeEmbeddedObject(new UUID(both.getLong(), both.getLong()));
        } else {
            tokens.writeEmbeddedObject(new Binary((byte) subtype, input.bytes(size)));
        }
    }

    private void decimal() throws IOException {
        long low = input.int64();
        Decimal128 value = Decimal128.fromIEEE754BIDEncoding(input.int64(), low);
        BigDecimal plain;
        try {
            plain = value.bigDecimalValue();
        } catch (ArithmeticException notOne) {
            tokens.writeEmbeddedObject(value); // NaN, infinity, negative zero: BigDecimal has none of them
            return;
        }
        tokens.writeNumber(plain);
    }
}
