package org.ipckit.sockets.pickle;

import java.util.Map;

/**
 * The functions of Python that its older protocols need for plain values, having no opcode for them. No other is ever
 * looked up, and these are not called either: {@link PickleReader} makes the value itself.
 */
enum PlainFunction {
    BYTES,
    BYTEARRAY,
    SET,
    FROZENSET,
    ENCODE;

    private static final Map<String, PlainFunction> BY_NAME = Map.of(
            "builtins.bytes", BYTES,
            "builtins.bytearray", BYTEARRAY,
            "builtins.set", SET,
            "builtins.frozenset", FROZENSET,
            "__builtin__.bytes", BYTES,
            "__builtin__.bytearray", BYTEARRAY,
            "__builtin__.set", SET,
            "__builtin__.frozenset", FROZENSET,
            "_codecs.encode", ENCODE);

    /** Returns the function of that module and name, null if it is none of these. */
    static PlainFunction of(String module, String name) {
        return BY_NAME.get(module + "." + name);
    }
}
