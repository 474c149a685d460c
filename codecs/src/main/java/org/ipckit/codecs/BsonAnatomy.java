package org.ipckit.codecs;

import static org.ipckit.codecs.Dissection.count;
import static org.ipckit.codecs.Dissection.quoted;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.bson.types.Decimal128;

/** What each byte of a BSON document is for. */
final class BsonAnatomy {

    private final Dissection parts;
    private final LimitedInput input;

    private BsonAnatomy(ByteBuffer bytes) {
        parts = new Dissection(bytes);
        input = parts.input.order(ByteOrder.LITTLE_ENDIAN);
    }

    static List<Piece> of(ByteBuffer bytes) {
        BsonAnatomy anatomy = new BsonAnatomy(bytes);
        anatomy.document("document");
        return anatomy.parts.end();
    }

    /** Returns what an element is that begins with this byte. */
    static String meaningOf(int first) {
        if (first == 0) {
            return "the end of a document";
        }
        BsonKind kind = BsonKind.of(first);
        return kind == null ? "nothing: there is no such type" : "an element of type " + kind.words();
    }

    private void document(String noun) {
        int size = input.int32();
        parts.piece(noun + " of " + count(size, "byte") + ", the lowest first");
        parts.enter();
        for (int code = input.unsignedByte(); code != 0; code = input.unsignedByte()) {
            element(code);
        }
        parts.leave();
        parts.piece("end");
    }

    private void element(int code) {
        BsonKind kind = BsonKind.of(code);
        if (kind == null) {
            throw input.refusal(String.format("0x%02x is no type", code));
        }
        String name = input.utf8UpToZero();
        parts.piece(kind.words() + ", named " + quoted(name));
        parts.enter();
        content(kind);
        parts.leave();
    }

    private void content(BsonKind kind) {
        switch (kind) {
            case DOUBLE -> parts.piece("float " + input.float64() + ", 64 bits");
            case STRING, SYMBOL, CODE -> text();
            case DOCUMENT -> document("document");
            case ARRAY -> document("document with the names 0, 1, 2 ...");
            case BINARY -> {
                int size = input.int32();
                int subtype = input.unsignedByte();
                input.bytes(size);
                parts.piece(count(size, "byte") + " as they are, of subtype " + subtype);
            }
            case OBJECT_ID -> {
                input.bytes(12);
                parts.piece("12 bytes: time, process, counter");
            }
            case BOOLEAN -> parts.piece(input.unsignedByte() == 0 ? "false" : "true");
            case DATE_TIME -> {
                long millis = input.int64();
                parts.piece(count(millis, "millisecond") + " from 1970: " + Instant.ofEpochMilli(millis));
            }
            case REGULAR_EXPRESSION ->
                parts.piece("pattern " + quoted(input.utf8UpToZero()) + ", options " + quoted(input.utf8UpToZero()));
            case INT32 -> parts.piece("whole number " + input.int32());
            case INT64, TIMESTAMP -> parts.piece("whole number " + input.int64());
            case DECIMAL128 -> {
                long low = input.int64();
                parts.piece("decimal " + Decimal128.fromIEEE754BIDEncoding(input.int64(), low));
            }
            case NULL, UNDEFINED, MIN_KEY, MAX_KEY -> {} // the type says it all
            case DB_POINTER, CODE_WITH_SCOPE -> throw input.refusal("a " + kind.words() + " is not read here");
        }
    }

    private void text() {
        int size = input.int32();
        String text = input.utf8(size - 1L);
        input.unsignedByte();
        parts.piece("text of " + count(size, "byte") + " with its end: " + quoted(text));
    }
}
