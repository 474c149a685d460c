package org.ipckit.signals;

/**
 * The eight bytes that a signal carries. The highest seven bits say for which end of a connection they are, the next one
 * whether they are data or control, and the lower 56 bits are the data.
 *
 * <p>A message begins with a value of its size, in 24 bits, and its first four bytes; each further value is the next seven
 * bytes, big-endian, the last one filled up with zeros. A control value is its kind, in eight bits, and a count in 48.
 */
final class ValueFormat {

    /** The highest number of an end; there is no end 0. */
    static final int MOST_ENDS = 127;

    /** The largest message. */
    static final int MOST_BYTES = 1 << 16;

    /** Bytes of a message in its first value. */
    static final int FIRST_BYTES = 4;

    /** Bytes of a message in each further value. */
    static final int MORE_BYTES = 7;

    /** The count is how many values of data may have been sent in all. */
    static final int CREDIT = 1;

    /** The peer sends nothing more to this end. */
    static final int GOODBYE = 2;

    private static final int END_SHIFT = 57;
    private static final long CONTROL = 1L << 56;
    private static final long DATA = CONTROL - 1;
    private static final int SIZE_SHIFT = 32;
    private static final int KIND_SHIFT = 48;
    private static final long COUNT = (1L << KIND_SHIFT) - 1;

    private ValueFormat() {}

    /** Returns how many values a message takes. */
    static int values(int sizeBytes) {
        return 1 + (Math.max(0, sizeBytes - FIRST_BYTES) + MORE_BYTES - 1) / MORE_BYTES;
    }

    static long data(int end, long bytes) {
        return (long) end << END_SHIFT | bytes;
    }

    static long control(int end, int kind, long count) {
        return (long) end << END_SHIFT | CONTROL | (long) kind << KIND_SHIFT | (count & COUNT);
    }

    /** Returns the data of a message's first value. */
    static long first(int sizeBytes, int fourBytes) {
        return (long) sizeBytes << SIZE_SHIFT | Integer.toUnsignedLong(fourBytes);
    }

    static int end(long value) {
        return (int) (value >>> END_SHIFT);
    }

    static boolean isControl(long value) {
        return (value & CONTROL) != 0;
    }

    static long dataOf(long value) {
        return value & DATA;
    }

    /** Returns the size that the data of a message's first value says. */
    static int size(long data) {
        return (int) (data >>> SIZE_SHIFT);
    }

    static int kind(long value) {
        return (int) (value >>> KIND_SHIFT) & 0xff;
    }

    static long count(long value) {
        return value & COUNT;
    }
}
