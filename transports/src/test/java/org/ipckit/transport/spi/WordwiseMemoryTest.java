package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordwiseMemoryTest {

    private static final int CAPACITY = 1024;
    private static final byte[] BEFORE = new byte[CAPACITY];
    private static final byte[] MESSAGE = new byte[CAPACITY];

    static {
        new Random(1).nextBytes(BEFORE);
        new Random(2).nextBytes(MESSAGE);
    }

    private final ByteBuffer memory = ByteBuffer.allocateDirect(CAPACITY).put(0, BEFORE);
    private final WordwiseMemory wordwise = new WordwiseMemory(memory);

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 504})
    void everyLengthIsMovedAndNothingElseIsTouched(int at) {
        for (int length = 0; length <= WordwiseMemory.SHORT_BYTES + 9; length++) {
            memory.put(0, BEFORE);
            wordwise.put(at, ByteBuffer.wrap(MESSAGE), 3, length);
            assertMoved(at, 3, length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIG_ENDIAN", "LITTLE_ENDIAN"})
    void theOrderAndThePositionOfEitherBufferDoNotMatter(String order) {
        ByteOrder other = order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer from =
                ByteBuffer.allocateDirect(CAPACITY).put(0, MESSAGE).order(other).position(7);
        memory.order(other).position(5).limit(CAPACITY - 3);

        wordwise.put(16, from, 11, 127);

        assertEquals(7, from.position());
        assertEquals(5, memory.position());
        assertMoved(16, 11, 127);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, CAPACITY - 8})
    void aWordIsWrittenAndReadInTheOrderOfTheMachine(int at) {
        wordwise.putWord(at, 0x0102030405060708L);

        assertEquals(0x0102030405060708L, memory.order(ByteOrder.nativeOrder()).getLong(at));
        assertEquals(0x0102030405060708L, wordwise.word(at));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64, 100, 128, 192, WordwiseMemory.SHORT_BYTES})
    void whatReachesBeyondEitherMemoryIsRefused(int length) {
        ByteBuffer message = ByteBuffer.wrap(MESSAGE);
        int tooFar = (CAPACITY - length + Long.BYTES) & -Long.BYTES;

        assertThrows(IndexOutOfBoundsException.class, () -> wordwise.put(tooFar, message, 0, length));
        assertThrows(IndexOutOfBoundsException.class, () -> wordwise.put(0, message, CAPACITY - length + 1, length));
    }

    private void assertMoved(int at, int index, int length) {
        byte[] expected = BEFORE.clone();
        System.arraycopy(MESSAGE, index, expected, at, length);
        byte[] now = new byte[CAPACITY];
        memory.clear().get(0, now);
        assertArrayEquals(expected, now, () -> length + " bytes at " + at);
    }
}
