package org.ipckit.sockets.pickle;

/** The instructions of pickles up to protocol 5, by the names of Python's {@code pickletools}. */
enum Opcode {
    PROTO(0x80),
    FRAME(0x95),
    STOP('.'),
    MARK('('),

    NONE('N'),
    NEWTRUE(0x88),
    NEWFALSE(0x89),
    INT('I'),
    BININT('J'),
    BININT1('K'),
    BININT2('M'),
    LONG('L'),
    LONG1(0x8a),
    LONG4(0x8b),
    FLOAT('F'),
    BINFLOAT('G'),

    STRING('S'),
    BINSTRING('T'),
    SHORT_BINSTRING('U'),
    UNICODE('V'),
    BINUNICODE('X'),
    SHORT_BINUNICODE(0x8c),
    BINUNICODE8(0x8d),
    BINBYTES('B'),
    SHORT_BINBYTES('C'),
    BINBYTES8(0x8e),
    BYTEARRAY8(0x96),

    EMPTY_LIST(']'),
    LIST('l'),
    APPEND('a'),
    APPENDS('e'),
    EMPTY_TUPLE(')'),
    TUPLE('t'),
    TUPLE1(0x85),
    TUPLE2(0x86),
    TUPLE3(0x87),
    EMPTY_DICT('}'),
    DICT('d'),
    SETITEM('s'),
    SETITEMS('u'),
    EMPTY_SET(0x8f),
    ADDITEMS(0x90),
    FROZENSET(0x91),

    GET('g'),
    BINGET('h'),
    LONG_BINGET('j'),
    PUT('p'),
    BINPUT('q'),
    LONG_BINPUT('r'),
    MEMOIZE(0x94),

    /** These three for the few functions of {@link PlainFunction}. */
    GLOBAL('c'),
    STACK_GLOBAL(0x93),
    REDUCE('R'),

    POP('0'),
    POP_MARK('1'),
    DUP('2'),
    PERSID('P'),
    BINPERSID('Q'),
    INST('i'),
    OBJ('o'),
    BUILD('b'),
    NEWOBJ(0x81),
    NEWOBJ_EX(0x92),
    EXT1(0x82),
    EXT2(0x83),
    EXT4(0x84),
    NEXT_BUFFER(0x97),
    READONLY_BUFFER(0x98);

    private static final Opcode[] BY_CODE = new Opcode[256];

    static {
        for (Opcode each : values()) {
            BY_CODE[each.code] = each;
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    /** Returns the byte, from 0 to 255. */
    int code() {
        return code;
    }

    /** Returns the opcode of a byte from 0 to 255, null if there is none. */
    static Opcode of(int code) {
        return BY_CODE[code];
    }
}
