package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;

class FrameWriterTest {

    private final ScriptedStream stream = new ScriptedStream();
    private final FrameWriter writer = new FrameWriter(stream, 0);
    private final FrameWriter batching = new FrameWriter(stream, 1024);

    private static ByteBuffer bytes(int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length);
        for (int value : values) {
            buffer.put((byte) value);
        }
        return buffer.flip();
    }

    private byte[] onTheWire() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(stream.size());
        stream.gives = ScriptedStream.ANY_NUMBER;
        assertEquals(all.capacity(), Math.max(0, stream.read(all)));
        return all.array();
    }

    @Test
    void aFrameIsItsLengthBigEndianAndItsBody() throws IOException {
        assertTrue(writer.begin(bytes(1, 2, 3)));
        assertTrue(writer.begin(bytes()));

        assertArrayEquals(new byte[] {0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0}, onTheWire());
        assertEquals(2, stream.writes, "one write for each");
        assertFalse(writer.unfinished());
    }

    @Test
    void aMessageOfWhichNoByteWasTakenIsNotBegun() throws IOException {
        stream.takes = ScriptedStream.NONE;

        assertFalse(writer.begin(bytes(1, 2, 3)));
        writer.keep();

        assertFalse(writer.unfinished());
        assertTrue(writer.drain());
        stream.takes = ScriptedStream.ANY_NUMBER;
        assertTrue(writer.begin(bytes(4)));
        assertArrayEquals(new byte[] {0, 0, 0, 1, 4}, onTheWire());
    }

    @Test
    void aMessageOfWhichAByteWasTakenIsFinishedLaterFromACopy() throws IOException {
        int[] room = {1};
        stream.takes = () -> room[0]-- > 0 ? 1 : 0;
        ByteBuffer message = ByteBuffer.allocate(200_000);
        Arrays.fill(message.array(), (byte) 7);

        assertTrue(writer.begin(message));
        assertTrue(writer.unfinished());
        assertFalse(writer.drain());
        writer.keep();
        Arrays.fill(message.array(), (byte) 8);
        assertFalse(writer.begin(bytes(9)), "until it has gone there is no room");

        stream.takes = () -> 1000;
        assertTrue(writer.drain());
        assertFalse(writer.unfinished());
        byte[] wire = onTheWire();
        assertEquals(200_004, wire.length);
        assertEquals(200_000, ByteBuffer.wrap(wire).getInt());
        for (int at = 4; at < wire.length; at++) {
            assertEquals(7, wire[at]);
        }
    }

    @Test
    void aStreamThatHoldsBackWhatItTookIsUnfinishedUntilItHasGone() throws IOException {
        stream.holdsBack = true;
        assertTrue(writer.begin(bytes(1)));
        assertTrue(writer.unfinished());
        assertFalse(writer.drain());

        stream.holdsBack = false;
        assertTrue(writer.drain());
        assertFalse(writer.unfinished());
    }

    @Test
    void aBatchWaitsUntilItIsFullAndLeavesInOneWrite() throws IOException {
        for (int each = 0; each < 10; each++) {
            assertTrue(batching.begin(ByteBuffer.allocate(98)));
        }
        assertEquals(0, stream.writes);
        assertFalse(batching.unfinished(), "nobody has to wait for it");

        assertTrue(batching.begin(ByteBuffer.allocate(98)));

        assertEquals(1, stream.writes);
        assertEquals(1020, stream.size());
        assertTrue(batching.drain());
        assertEquals(2, stream.writes);
        assertEquals(1122, stream.size());
    }

    @Test
    void claimsAreBatchedAsWell() throws IOException {
        for (int each = 0; each < 10; each++) {
            batching.claim(98).put((byte) each);
            batching.commit(98);
            assertFalse(batching.unfinished(), "claim " + each);
        }

        assertEquals(0, stream.writes);
        assertTrue(batching.drain());
        assertEquals(1, stream.writes);
        byte[] wire = onTheWire();
        for (int each = 0; each < 10; each++) {
            assertEquals(98, wire[each * 102 + 3]);
            assertEquals(each, wire[each * 102 + 4]);
        }
    }

    @Test
    void whatIsLargerThanABatchLeavesAfterTheBatch() throws IOException {
        assertTrue(batching.begin(bytes(1)));
        assertTrue(batching.begin(ByteBuffer.allocate(2000)));

        assertEquals(5 + 2004, stream.size());
        assertFalse(batching.unfinished());
    }

    @Test
    void whatFillsABatchExactlyIsABatch() throws IOException {
        assertTrue(batching.begin(ByteBuffer.allocate(1020)));
        assertEquals(0, stream.writes);
        assertTrue(batching.begin(bytes()));
        assertEquals(1024, stream.size());
    }

    @Test
    void aClaimIsWrittenOutOfThePlaceItWasWrittenInto() throws IOException {
        ByteBuffer claim = writer.claim(100_000);
        assertEquals(100_000, claim.remaining());
        assertEquals(0, claim.position());
        claim.put((byte) 5).put((byte) 6);

        writer.commit(2);
        assertTrue(writer.unfinished());
        assertTrue(writer.drain());

        assertArrayEquals(new byte[] {0, 0, 0, 2, 5, 6}, onTheWire());
        assertEquals(1, stream.writes);
    }

    @Test
    void aClaimThatIsTakenBackLeavesNothing() throws IOException {
        writer.claim(10).put((byte) 1);
        writer.abort();

        assertTrue(writer.drain());
        assertTrue(writer.begin(bytes(2)));
        assertArrayEquals(new byte[] {0, 0, 0, 1, 2}, onTheWire());
    }

    @Test
    void thereIsNoClaimWhileTheMessageBeforeHasNotGone() throws IOException {
        int[] room = {1};
        stream.takes = () -> room[0]-- > 0 ? 2 : 0;
        assertTrue(writer.begin(bytes(1, 2, 3)));

        assertNull(writer.claim(1));

        stream.takes = ScriptedStream.ANY_NUMBER;
        writer.claim(1).put((byte) 4);
        writer.commit(1);
        assertTrue(writer.drain());
        assertArrayEquals(new byte[] {0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 1, 4}, onTheWire());
    }

    @Test
    void aStreamThatFailsSaysSoEachTime() {
        stream.reset = new IOException("Broken pipe");
        Message message = Message.utf8("x");

        assertThrows(IOException.class, () -> writer.begin(message.asByteBuffer()));
        writer.keep();
        assertThrows(IOException.class, () -> writer.begin(message.asByteBuffer()));
        writer.keep();
        assertThrows(IOException.class, writer::drain);
    }
}
