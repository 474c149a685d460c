package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HeadwayTest {

    private static final int STREAM = Headway.STREAM_BYTES;
    private static final int ANSWER = Headway.GAIN_BYTES / 2;

    private int rests;
    private long head;
    private long records;
    private final Headway headway = new Headway(() -> rests++);

    @Test
    void whoRunsDryInAStreamRestsEachTimeItDoes() {
        dryAfter(STREAM);
        assertEquals(1, rests);

        for (int time = 2; time <= 5; time++) {
            dryAfter(Headway.GAIN_BYTES, Headway.GAIN_RECORDS);
            assertEquals(time, rests);
        }
    }

    @Test
    void whoIsOnTheHeelsOfTheWriterRestsOnceItIsSeenToBeAStream() {
        while (head < STREAM - ANSWER) {
            dryAfter(ANSWER);
        }
        assertEquals(0, rests);

        dryAfter(ANSWER);

        assertEquals(1, rests);
    }

    @Test
    void itRestsOnceForEachTimeItRunsDry() {
        dryAfter(STREAM);
        lookInVain(10_000);

        assertEquals(1, rests);
    }

    @Test
    void whoWaitsForAnswersDoesNotRest() {
        for (int message = 0; message < 10_000; message++) {
            dryAfter(ANSWER);
            lookInVain(Headway.LOOKS);
        }

        assertEquals(0, rests);
    }

    @Test
    void whoGainedNothingByARestBeginsAnewAndWaitsForALongerStream() {
        dryAfter(STREAM);
        dryAfter(ANSWER);
        assertEquals(1, rests);

        dryAfter(2 * STREAM - ANSWER);
        assertEquals(1, rests);

        dryAfter(ANSWER);
        assertEquals(2, rests);
    }

    @Test
    void whoGainedByARestTakesAShortStreamForOneAgain() {
        dryAfter(STREAM);
        dryAfter(ANSWER);
        dryAfter(2 * STREAM);
        dryAfter(STREAM, Headway.GAIN_RECORDS);
        assertEquals(3, rests);

        lookInVain(Headway.LOOKS);
        dryAfter(STREAM);

        assertEquals(4, rests);
    }

    @Test
    void whoWaitsForLongMessagesThatComeFastSoonRestsHardlyEver() {
        for (int message = 0; message < 10_000; message++) {
            dryAfter(2 * Headway.GAIN_BYTES);
        }

        assertTrue(rests < 100, rests + " rests");
    }

    @Test
    void aPauseEndsTheStream() {
        dryAfter(STREAM);
        lookInVain(Headway.LOOKS);

        dryAfter(STREAM - ANSWER);
        assertEquals(1, rests);

        dryAfter(ANSWER);
        assertEquals(2, rests);
    }

    private void dryAfter(int bytes) {
        dryAfter(bytes, 1);
    }

    private void dryAfter(int bytes, int count) {
        head += bytes;
        records += count;
        look();
    }

    private void lookInVain(int times) {
        for (int look = 0; look < times; look++) {
            look();
        }
    }

    private void look() {
        if (!headway.stillDryAt(head)) {
            headway.dryAt(head, records);
        }
    }
}
