package org.ipckit.transport.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Memory that messages are moved into, short ones word by word: a copy in bulk is a call, and takes longer than the words
 * of a short message. One thread moves at a time.
 *
 * <p>Nor does it wait for who has just written the message. Those words are still on their way to the cache, behind all
 * that was stored before them. A load within such a store is answered by it; one that reaches over several waits until they
 * have arrived. So each word is loaded where a word begins, and of the last one no more than belongs to the message.
 */
public final class WordwiseMemory {

    /** Shorter messages are moved word by word. */
    static final int SHORT_BYTES = 256;

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORTS =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private static final int WORD_BITS = 3;

    private final ByteBuffer bytes;

    /** The same by words, for plain stores: after one through a handle the compiler looks again at all it knew of buffers. */
    private final LongBuffer words;

    /** Makes it of a buffer, whose position and limit it leaves alone; what is moved into it is the buffer's. */
    public WordwiseMemory(ByteBuffer memory) {
        this.bytes = memory;
        this.words = memory.duplicate().clear().order(ByteOrder.nativeOrder()).asLongBuffer();
    }

    /** Writes a word, in the byte order of the machine, to a multiple of eight, which is not checked. */
    public void putWord(int at, long word) {
        words.put(at >>> WORD_BITS, word);
    }

    /** Returns the word at a multiple of eight, which is not checked, in the byte order of the machine. */
    public long word(int at) {
        return words.get(at >>> WORD_BITS);
    }

    /**
     * Moves a message; the buffer's position stays.
     *
     * <p>The last word comes first: another core that looks at the first line all the time would take that line away
     * while the line after it is fetched.
     *
     * @param at a multiple of eight, which is not checked: that would be a question for each message
     * @param index where the message begins in its buffer
     * @throws IndexOutOfBoundsException if the message reaches beyond either memory; a part of it may have been moved
     */
    public void put(int at, ByteBuffer from, int index, int lengthBytes) {
        if (lengthBytes < SHORT_BYTES) {
            putShort(at, from, index, lengthBytes);
        } else {
            bytes.put(at, from, index, lengthBytes);
        }
    }

    // No loop: what the compiler puts before one takes longer than the words of a short message. And one question for
    // all that most messages do not have: behind a wait the processor foresees none of them.
    private void putShort(int place, ByteBuffer from, int index, int lengthBytes) {
        if ((lengthBytes & 63) != 0) {
            int lines = lengthBytes & -64;
            putPartOfLine(place + lines, from, index + lines, lengthBytes & 63);
        }
        if (lengthBytes >= 64) {
            putLines(place, from, index, lengthBytes);
        }
    }

    private void putLines(int place, ByteBuffer from, int index, int lengthBytes) {
        if (lengthBytes >= 128) {
            if (lengthBytes >= 192) {
                put64(place + 128, from, index + 128);
            }
            put64(place + 64, from, index + 64);
        }
        put64(place, from, index);
    }

    private void putPartOfLine(int place, ByteBuffer from, int index, int lengthBytes) {
        if ((lengthBytes & 7) != 0) {
            putPartOfWord(place, from, index, lengthBytes);
        }
        int at = lengthBytes & -Long.BYTES;
        if ((lengthBytes & 8) != 0) {
            at -= 8;
            words.put((place + at) >>> WORD_BITS, (long) LONGS.get(from, index + at));
        }
        if ((lengthBytes & 16) != 0) {
            at -= 16;
            put16(place + at, from, index + at);
        }
        if ((lengthBytes & 32) != 0) {
            put32(place, from, index);
        }
    }

    private void putPartOfWord(int place, ByteBuffer from, int index, int lengthBytes) {
        int at = lengthBytes;
        if ((lengthBytes & 1) != 0) {
            at -= 1;
            bytes.put(place + at, from.get(index + at));
        }
        if ((lengthBytes & 2) != 0) {
            at -= 2;
            SHORTS.set(bytes, place + at, (short) SHORTS.get(from, index + at));
        }
        if ((lengthBytes & 4) != 0) {
            at -= 4;
            INTS.set(bytes, place + at, (int) INTS.get(from, index + at));
        }
    }

    // None made of another nor of single words: what lies too many calls deep is not inlined, and a word is six.

    private void put64(int place, ByteBuffer from, int index) {
        int to = place >>> WORD_BITS;
        long a = (long) LONGS.get(from, index);
        long b = (long) LONGS.get(from, index + 8);
        long c = (long) LONGS.get(from, index + 16);
        long d = (long) LONGS.get(from, index + 24);
        long e = (long) LONGS.get(from, index + 32);
        long f = (long) LONGS.get(from, index + 40);
        long g = (long) LONGS.get(from, index + 48);
        long h = (long) LONGS.get(from, index + 56);
        words.put(to + 7, h);
        words.put(to + 6, g);
        words.put(to + 5, f);
        words.put(to + 4, e);
        words.put(to + 3, d);
        words.put(to + 2, c);
        words.put(to + 1, b);
        words.put(to, a);
    }

    private void put32(int place, ByteBuffer from, int index) {
        int to = place >>> WORD_BITS;
        long a = (long) LONGS.get(from, index);
        long b = (long) LONGS.get(from, index + 8);
        long c = (long) LONGS.get(from, index + 16);
        long d = (long) LONGS.get(from, index + 24);
        words.put(to + 3, d);
        words.put(to + 2, c);
        words.put(to + 1, b);
        words.put(to, a);
    }

    private void put16(int place, ByteBuffer from, int index) {
        int to = place >>> WORD_BITS;
        long a = (long) LONGS.get(from, index);
        long b = (long) LONGS.get(from, index + 8);
        words.put(to + 1, b);
        words.put(to, a);
    }
}
