package org.ipckit.sockets.pickle;

import java.nio.ByteBuffer;
import org.ipckit.transport.CodecException;

/**
 * Turns plain values into Python's pickles and back; which ones, the package says.
 *
 * <p>Bytes may be anybody's: an opcode that would look up, call or build anything is refused by name, and what is read
 * takes time and memory in proportion to the bytes, within {@value #MAX_DEPTH} levels and {@value #MAX_VALUES} values.
 * Not so on the other side: Python's {@code recv} runs whatever a pickle asks for.
 */
public final class Pickle {

    /** How many lists, tuples, dicts and sets may be within each other. */
    public static final int MAX_DEPTH = 100;

    /** How many values a pickle may have, each counted as often as it is contained. */
    public static final int MAX_VALUES = 1_000_000;

    private Pickle() {}

    /**
     * Returns the pickle, of protocol 4, which every Python from 3.4 on reads.
     *
     * @param value null or one of the package's table; what is contained twice, by identity, arrives as one object
     * @throws CodecException if it is or contains something else, itself, or more than the limits
     */
    public static ByteBuffer encode(Object value) {
        return new PickleWriter().write(value);
    }

    /**
     * Returns the value, which may be null; what the pickle refers to twice is one object. The buffer is read, not
     * consumed, and must be nothing but one pickle, of protocol 0 to 5.
     *
     * @throws CodecException if it is not a pickle of plain values, or exceeds the limits
     */
    public static Object decode(ByteBuffer pickle) {
        return new PickleReader(new PickleInput(pickle)).read();
    }
}
