package org.ipckit.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.pipes.PipeReader.AtEnd;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is written as a whole is never mixed, and what finds no room is not written. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeWriterTest extends FifoFixture {

    @Test
    void whatGoesInAsAWholeIsNeverMixed() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        int writers = 4;
        int records = 500;
        // Not a power of two: pages would hide what is torn.
        int size = 4093;
        try (PipeReader reader = pipe.openToRead(AtEnd.REPORT)) {
            List<Background<Boolean>> writing = new ArrayList<>();
            for (int number = 0; number < writers; number++) {
                byte mark = (byte) ('a' + number);
                PipeWriter writer = pipe.openToWrite(SOON);
                writing.add(Background.of(() -> {
                    try (writer) {
                        ByteBuffer record = filled(mark, size);
                        for (int count = 0; count < records; count++) {
                            if (!writer.write(record, SOON)) {
                                return false;
                            }
                        }
                        return record.remaining() == size;
                    }
                }));
            }

            for (int count = 0; count < writers * records; count++) {
                ByteBuffer record = ByteBuffer.allocateDirect(size);
                while (record.hasRemaining()) {
                    assertTrue(reader.read(record, SOON) > 0);
                }
                assertEquals(filled(record.get(0), size), record.flip(), "record " + count + " is torn");
            }
            assertEquals(PipeReader.END, reader.read(ByteBuffer.allocate(1), SOON));
            for (Background<Boolean> each : writing) {
                assertTrue(each.result());
            }
        }
    }

    @Test
    void exactlyTheAtomicSizeGoesInAndOneByteMoreIsRefused() {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            MessageTooLargeException refused = assertThrows(
                    MessageTooLargeException.class,
                    () -> writer.write(ByteBuffer.allocate(NamedPipe.ATOMIC_BYTES + 1), SOON));
            assertTrue(refused.getMessage().contains("4097"), refused.getMessage());
            assertTrue(refused.getMessage().contains("writeInPieces"), refused.getMessage());
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));

            assertTrue(writer.write(ByteBuffer.allocate(NamedPipe.ATOMIC_BYTES), SOON));
            assertEquals(
                    NamedPipe.ATOMIC_BYTES, text(reader, NamedPipe.ATOMIC_BYTES).length());
        }
    }

    @Test
    void aWriteWithoutRoomWritesNothing() {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            ByteBuffer record = filled((byte) 'x', 3000);
            int written = 0;
            while (writer.write(record, Duration.ZERO)) {
                written += record.remaining();
            }
            long start = System.nanoTime();
            assertFalse(writer.write(record, SHORT));
            assertTrue(System.nanoTime() - start >= SHORT.toNanos());

            assertEquals(written, text(reader, written).length());
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));
        }
    }

    @Test
    void anyNumberOfBytesGoesInInPieces() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        int size = 1_000_003;
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            ByteBuffer much = filled((byte) 'm', size);
            Background<Boolean> writing = Background.of(() -> writer.writeInPieces(much, SOON));

            assertEquals(size, text(reader, size).length());
            assertTrue(writing.result());
            assertFalse(much.hasRemaining());
        }
    }

    @Test
    void aWriterLearnsThatNobodyReadsAnyMore() {
        NamedPipe pipe = NamedPipe.create(path());
        PipeReader reader = pipe.openToRead(AtEnd.WAIT);
        try (PipeWriter writer = pipe.openToWrite(SOON)) {
            reader.close();

            ConnectionClosedException gone =
                    assertThrows(ConnectionClosedException.class, () -> writer.write(utf8("x"), SOON));
            assertEquals(By.PEER, gone.by());
        }
    }

    @Test
    void closingWakesAWriterThatWaitsForRoom() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT)) {
            PipeWriter writer = pipe.openToWrite(SOON);
            Background<By> writing = Background.of(() -> assertThrows(
                            ConnectionClosedException.class,
                            () -> writer.writeInPieces(ByteBuffer.allocate(1 << 20), Waits.FOREVER))
                    .by());
            assertTrue(writing.isStillRunningAfter(SHORT));

            writer.close();

            assertEquals(By.THIS_SIDE, writing.result());
            assertTrue(reader.isOpen());
        }
    }
}
