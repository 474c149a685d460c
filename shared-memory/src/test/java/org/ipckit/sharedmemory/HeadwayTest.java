package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeadwayTest {

    private static final int STREAM = Headway.STREAM_BYTES;
    private static final int ANSWER = Headway.GAIN_BYTES / 2;

    private int rests;
    private long head;
    private final Headway headway = new Headway(() -> rests++);

    @Test
    void whoRunsDryInAStreamRestsEachTimeItDoes() {
        dryAfter(STREAM);
        assertEquals(1, rests);

        for (int time = 2; time <= 5; time++) {
            dryAfter(Headway.GAIN_BYTES);
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
    void whoGainedNothingByARestBeginsAnew() {
        dryAfter(STREAM);
        dryAfter(ANSWER);
        dryAfter(STREAM - ANSWER);
        assertEquals(1, rests);

        dryAfter(ANSWER);
        assertEquals(2, rests);
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
        head += bytes;
        headway.dryAt(head);
    }

    private void lookInVain(int times) {
        for (int look = 0; look < times; look++) {
            headway.dryAt(head);
        }
    }
}
