package org.ipckit.transport.spi;

import static org.ipckit.transport.spi.Inbox.END;
import static org.ipckit.transport.spi.Inbox.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static final int MOST = 16 << 20;

    private final ScriptedStream stream = new ScriptedStream();
    private final FrameReader reader = new FrameReader(stream, MOST);

    private void put(int announced, int... body) {
        ByteBuffer frame = ByteBuffer.allocate(4 + body.length).putInt(announced);
        for (int value : body) {
            frame.put((byte) value);
        }
        stream.put(frame.flip());
    }

    private Message take() {
        int size = reader.look();
        assertTrue(size >= 0, "look said " + size);
        Message message = reader.copy(size);
        reader.consume(size);
        return message;
    }

    @Test
    void aMessageIsThereWhenItsLastByteHasCome() {
        put(3, 1, 2);
        assertEquals(NONE, reader.look());

        stream.put(ByteBuffer.wrap(new byte[] {3}));

        assertEquals(NONE, reader.next(), "next does not read");
        assertEquals(Message.of((byte) 1, (byte) 2, (byte) 3), take());
        assertEquals(NONE, reader.look());
    }

    @Test
    void severalMessagesOfOneReadAreFoundWithoutAnother() {
        put(1, 1);
        put(0);
        put(1, 2);

        assertEquals(Message.of((byte) 1), take());
        assertEquals(0, reader.next());
        reader.consume(0);
        assertEquals(1, reader.next());
        assertEquals(Message.of((byte) 2), take());
        assertEquals(NONE, reader.next());
    }

    @Test
    void aLentBufferIsReadOnlyBigEndianAndExactlyTheMessage() {
        put(1, 9);
        put(4, 0, 0, 1, 2);
        for (int expected : new int[] {1, 4}) {
            ByteBuffer lent = reader.lend(reader.look());
            assertEquals(0, lent.position());
            assertEquals(expected, lent.remaining());
            assertTrue(lent.isReadOnly());
            assertThrows(ReadOnlyBufferException.class, () -> lent.put((byte) 1));
            assertEquals(ByteOrder.BIG_ENDIAN, lent.order());
            if (expected == 4) {
                assertEquals(258, lent.getInt());
            }
            lent.order(ByteOrder.LITTLE_ENDIAN).clear();
            reader.consume(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, MOST + 1, 0x48545450})
    void aLengthThatIsNotAllowedIsCorruptAndNothingIsMadeOfIt(int announced) {
        put(1, 7);
        put(announced, 1, 2, 3);
        assertEquals(1, reader.look());
        reader.consume(1);

        assertEquals(END, reader.look());
        assertEquals(END, reader.next());
        Ending ending = reader.ending();
        assertEquals(Kind.CORRUPT, ending.kind());
        assertTrue(
                ending.text().contains("a message of " + Integer.toUnsignedString(announced) + " bytes"),
                ending.text());
        assertTrue(ending.text().contains("at most " + MOST), ending.text());
    }

    @Test
    void theLargestMessageIsTaken() {
        ByteBuffer frame = ByteBuffer.allocate(4 + MOST).putInt(0, MOST);
        stream.put(frame);

        assertEquals(MOST, take().size());
    }

    @Test
    void anEndBetweenTwoMessagesIsAGoodbyeAndComesAfterWhatWasSent() {
        put(1, 7);
        stream.ended = true;

        assertEquals(Message.of((byte) 7), take());
        assertEquals(END, reader.look());
        assertEquals(END, reader.look());
        assertEquals(Kind.GOODBYE, reader.ending().kind());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 5})
    void anEndInTheMiddleOfAMessageIsALoss(int bytesThatCame) {
        stream.put(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, 1, 2}, 0, bytesThatCame));
        stream.ended = true;

        assertEquals(END, reader.look());
        assertEquals(Kind.LOSS, reader.ending().kind());
    }

    @Test
    void aResetIsALossWithItsCauseAndComesAfterWhatWasSent() {
        put(1, 7);
        stream.reset = new IOException("Connection reset");

        assertEquals(Message.of((byte) 7), take());
        assertEquals(END, reader.look());
        assertEquals(Kind.LOSS, reader.ending().kind());
        assertSame(stream.reset, reader.ending().cause());
    }
}
