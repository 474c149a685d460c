package org.ipckit.codecs;

/** The types of BSON's elements, by the byte that each begins with. */
enum BsonKind {
    DOUBLE(0x01, "double"),
    STRING(0x02, "string"),
    DOCUMENT(0x03, "document"),
    ARRAY(0x04, "array"),
    BINARY(0x05, "binary"),
    UNDEFINED(0x06, "undefined (deprecated)"),
    OBJECT_ID(0x07, "ObjectId"),
    BOOLEAN(0x08, "boolean"),
    DATE_TIME(0x09, "UTC date and time"),
    NULL(0x0a, "null"),
    REGULAR_EXPRESSION(0x0b, "regular expression"),
    DB_POINTER(0x0c, "DBPointer (deprecated)"),
    CODE(0x0d, "JavaScript code"),
    SYMBOL(0x0e, "symbol (deprecated)"),
    CODE_WITH_SCOPE(0x0f, "JavaScript code with scope (deprecated)"),
    INT32(0x10, "int32"),
    TIMESTAMP(0x11, "timestamp of MongoDB"),
    INT64(0x12, "int64"),
    DECIMAL128(0x13, "decimal128"),
    MAX_KEY(0x7f, "MaxKey"),
    MIN_KEY(0xff, "MinKey");

    private static final BsonKind[] BY_CODE = new BsonKind[256];

    static {
        for (BsonKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;
    private final String words;

    BsonKind(int code, String words) {
        this.code = code;
        this.words = words;
    }

    /** Returns the type that begins with this byte, null if there is none. */
    static BsonKind of(int code) {
        return BY_CODE[code];
    }

    int code() {
        return code;
    }

    String words() {
        return words;
    }
}
