package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 15, 16, 64, 100, 4096})
    void isReadAsItWasWritten(int size) {
        ByteBuffer message = new Payload(End.NEAR, size).write(7);

        assertEquals(size, message.remaining());
        assertEquals(7, reader(size).read(message.duplicate()));
        assertDoesNotThrow(() -> reader(size).check(message, 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 16, 64, 100, Payload.LONG_BYTES - 1})
    void anyChangedByteIsNoticed(int size) {
        for (int at = 0; at < size; at++) {
            requireNoticed(size, 7, at);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Payload.LONG_BYTES, 1000})
    void inALongMessageAChangedByteAtEitherEndIsNoticedAndAnyOtherNowAndThen(int size) {
        for (int at = 0; at < Long.BYTES; at++) {
            requireNoticed(size, 7, at);
            requireNoticed(size, 7, size - 1 - at);
        }
        for (int at = 0; at < size; at++) {
            requireNoticed(size, 3 * Payload.COMPARED_EACH, at);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 1000})
    void oneReaderReadsAllMessages(int size) {
        Payload written = new Payload(End.NEAR, size);
        Payload read = reader(size);

        for (int sequence = 1; sequence <= 2 * Payload.COMPARED_EACH; sequence++) {
            read.check(written.write(sequence).duplicate(), sequence);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 64, Payload.LONG_BYTES})
    void whatWasTakenIsVerifiedOnceThoughItsMemoryIsUsedAgain(int size) {
        Payload read = reader(size);
        read.verify();
        ByteBuffer right = new Payload(End.NEAR, size).write(7);
        assertEquals(7, read.take(right));
        right.put(size - 1, (byte) ~right.get(size - 1));
        assertDoesNotThrow(read::verify);

        ByteBuffer wrong = right;
        assertEquals(7, read.take(wrong));
        wrong.put(size - 1, (byte) ~wrong.get(size - 1));
        assertThrows(WrongMessageException.class, read::verify);
        assertDoesNotThrow(read::verify);

        assertThrows(WrongMessageException.class, () -> read.take(wrong, 8));
    }

    private static void requireNoticed(int size, long sequence, int at) {
        ByteBuffer message = new Payload(End.NEAR, size).write(sequence);
        message.put(at, (byte) (message.get(at) ^ 1));

        assertThrows(WrongMessageException.class, () -> reader(size).check(message, sequence), "byte " + at);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 64})
    void theMessageOfTheOtherEndOrOfAnotherSizeIsNoticed(int size) {
        ByteBuffer message = new Payload(End.NEAR, size).write(7);

        assertThrows(WrongMessageException.class, () -> new Payload(End.FAR, size).read(message.duplicate()));
        assertThrows(WrongMessageException.class, () -> reader(size + 1).read(message));
    }

    /** What the other end reads with. */
    private static Payload reader(int size) {
        return new Payload(End.NEAR, size);
    }
}
