package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in a ring of 256 bytes. */
class RingTest {

    private final TinyRing tiny = new TinyRing();
    private final int longest = Layout.longestRecord(TinyRing.CAPACITY);

    @Test
    void anEmptyRingHasNoRecord() throws CorruptSegmentException {
        assertEquals(0, tiny.reader.look());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 55, 56})
    void recordsComeOutAsTheyWentInForManyLaps(int length) throws CorruptSegmentException {
        for (int number = 0; number < 1000; number++) {
            assertTrue(tiny.write(Word.WHOLE, length, (byte) number), "record " + number);
            byte[] expected = new byte[length];
            Arrays.fill(expected, (byte) number);
            assertArrayEquals(expected, tiny.read());
            assertNull(tiny.read());
            tiny.reader.tell();
        }
    }

    @Test
    void aFullRingTakesNoMoreUntilTheReaderHasToldItsProgress() throws CorruptSegmentException {
        int taken = 0;
        while (tiny.write(Word.WHOLE, longest, (byte) taken)) {
            taken++;
        }
        // The word behind the last record needs a line too.
        assertEquals(TinyRing.CAPACITY / Layout.CACHE_LINE - 1, taken);
        assertFalse(tiny.writer.roomNow());

        assertNotNull(tiny.read());
        tiny.reader.tell();

        assertTrue(tiny.writer.roomNow());
        assertTrue(tiny.write(Word.WHOLE, longest, (byte) 9));
        assertFalse(tiny.write(Word.WHOLE, 0, (byte) 9));
    }

    @Test
    void theReaderTellsItsProgressInStepsByItself() throws CorruptSegmentException {
        TinyRing ring = new TinyRing(4096);
        for (int number = 0; number < 8; number++) {
            assertTrue(ring.write(Word.WHOLE, 56, (byte) number));
        }
        for (int number = 0; number < 7; number++) {
            assertNotNull(ring.read());
            assertEquals(0, ring.ring.progress());
        }

        assertNotNull(ring.read());

        assertEquals(512, ring.ring.progress());
    }

    @Test
    void aRecordThatDoesNotFitBeforeTheEndStandsAtTheBeginning() throws CorruptSegmentException {
        TinyRing ring = new TinyRing(1024);
        for (int lap = 0; lap < 50; lap++) {
            for (int length : new int[] {200, 120, 248, 56, 180}) {
                assertTrue(ring.write(Word.WHOLE, length, (byte) length), "lap " + lap);
                byte[] read = ring.read();
                assertEquals(length, read.length);
                assertEquals((byte) length, read[length - 1]);
                ring.reader.tell();
            }
        }
    }

    @Test
    void whatWasReservedAndAbandonedIsNeverSeen() throws CorruptSegmentException {
        for (int round = 0; round < 500; round++) {
            int place = tiny.writer.reserve(longest);
            tiny.fill(place, longest, (byte) -1);
            tiny.writer.abandon();
            assertNull(tiny.read());

            assertTrue(tiny.write(Word.WHOLE, round % 20, (byte) round));
            assertEquals(round % 20, tiny.read().length);
            assertNull(tiny.read());
            tiny.reader.tell();
        }
    }

    @Test
    void whatWasReservedAndNotUsedIsNeverSeen() throws CorruptSegmentException {
        TinyRing ring = new TinyRing(1024);
        for (int round = 0; round < 500; round++) {
            int place = ring.writer.reserve(248);
            ring.fill(place, 248, (byte) -1);
            ring.writer.publish(Word.WHOLE, round % 100);

            assertEquals(round % 100, ring.read().length);
            assertNull(ring.read());
            ring.reader.tell();
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                1,
                -1,
                0x7fff_ffffL,
                0xffff_ffffL, // far longer than a record may be
                0x8000_0000L | 57, // one byte longer
                0x1_0000_0000L, // a kind, and not published
                0x5_8000_0000L, // no such kind
                0x4_8000_0000L | 248, // a pad at the beginning, which leads to itself
                0x100_8000_0000L, // bits that have no meaning
                Long.MIN_VALUE,
            })
    void aWordThatNobodyWritesIsCorrupt(long word) {
        tiny.ring.publish(0, word);

        CorruptSegmentException refused = assertThrows(CorruptSegmentException.class, tiny.reader::look);

        assertTrue(refused.getMessage().contains("256"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 55, 57, 119, 120, 121, 0x7fff_ffff})
    void aPadThatDoesNotEndWithTheRingIsCorrupt(int length) throws CorruptSegmentException {
        moveTo(128);
        tiny.ring.publish(256, Word.of(Word.WHOLE, 0));
        tiny.ring.publish(128, Word.of(Word.PAD, length));

        if (length == 120) {
            assertEquals(0, tiny.read().length);
        } else {
            assertThrows(CorruptSegmentException.class, tiny.reader::look);
        }
    }

    @Test
    void aPadWithNothingOrAnotherBehindItIsCorrupt() throws CorruptSegmentException {
        moveTo(128);
        tiny.ring.publish(128, Word.of(Word.PAD, 120));
        tiny.ring.publish(256, 0);
        assertThrows(CorruptSegmentException.class, tiny.reader::look);

        tiny.ring.publish(256, Word.of(Word.PAD, 248));
        assertThrows(CorruptSegmentException.class, tiny.reader::look);
    }

    @Test
    void aRecordBeyondTheEndOfTheRingIsCorrupt() throws CorruptSegmentException {
        TinyRing ring = new TinyRing(1024);
        assertTrue(ring.write(Word.WHOLE, 248, (byte) 0));
        assertTrue(ring.write(Word.WHOLE, 248, (byte) 0));
        assertTrue(ring.write(Word.WHOLE, 248, (byte) 0));
        assertTrue(ring.write(Word.WHOLE, 0, (byte) 0));
        for (int number = 0; number < 4; number++) {
            assertNotNull(ring.read());
        }
        ring.ring.publish(832, Word.of(Word.WHOLE, 192));

        assertThrows(CorruptSegmentException.class, ring.reader::look);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, 256, 193, Long.MAX_VALUE})
    void progressThatCannotBeIsCorrupt(long progress) throws CorruptSegmentException {
        for (int number = 0; number < 3; number++) {
            assertTrue(tiny.write(Word.WHOLE, 56, (byte) number));
        }
        tiny.ring.tellProgress(progress);

        assertThrows(CorruptSegmentException.class, () -> tiny.writer.reserve(56));
    }

    @Test
    void progressThatGoesBackIsCorrupt() throws CorruptSegmentException {
        for (int number = 0; number < 3; number++) {
            assertTrue(tiny.write(Word.WHOLE, 56, (byte) number));
        }
        tiny.ring.tellProgress(128);
        assertTrue(tiny.write(Word.WHOLE, 56, (byte) 3));
        assertTrue(tiny.write(Word.WHOLE, 56, (byte) 4));
        tiny.ring.tellProgress(64);

        assertThrows(CorruptSegmentException.class, () -> tiny.writer.reserve(56));
    }

    /** Writes and reads until the next record is at this place. */
    private void moveTo(int place) throws CorruptSegmentException {
        for (int at = 0; at < place; at += Layout.CACHE_LINE) {
            assertTrue(tiny.write(Word.WHOLE, 1, (byte) 0));
            assertNotNull(tiny.read());
        }
    }
}
