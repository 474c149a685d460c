package org.ipckit.sharedmemory;

/**
 * The 64 bits at the beginning of a record. In place, it is the publication flag: zero until the record is there, so that
 * there is no index to fetch from the other core besides the data. Bits 0-30 are the length of the payload, bit 31 is
 * always set, bits 32-39 are the kind, the others zero.
 */
final class Word {

    static final int BYTES = Long.BYTES;

    /** A whole message. */
    static final int WHOLE = 0;

    /** The beginning of a message that is longer than a record; the others follow, and nothing else before its end. */
    static final int FIRST = 1;

    static final int MIDDLE = 2;
    static final int LAST = 3;

    /** Nothing, up to the end of the ring: the next record is at its beginning. */
    static final int PAD = 4;

    private static final long LENGTH = 0x7fff_ffffL;
    private static final long PUBLISHED = 0x8000_0000L;
    private static final int KIND_SHIFT = 32;

    private Word() {}

    static long of(int kind, int lengthBytes) {
        return ((long) kind << KIND_SHIFT) | PUBLISHED | lengthBytes;
    }

    static int length(long word) {
        return (int) (word & LENGTH);
    }

    /** Returns the kind, which may be none of those above if the word is not one that {@link #of} made. */
    static int kind(long word) {
        return (word & PUBLISHED) == 0 ? -1 : (int) (word >>> KIND_SHIFT);
    }

    /** Returns true for the word of a whole message, whatever its length: the case that has to be fast. */
    static boolean isWhole(long word) {
        return (word & ~LENGTH) == PUBLISHED;
    }
}
