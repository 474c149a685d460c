package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HeadwayTest {

    private static final int STREAM = Headway.STREAM_BYTES;

    private int rests;
    private final Headway headway = new Headway(() -> rests++);

    @Test
    void whoRunsDryInAStreamRests() {
        for (long lap = 1; lap <= 5; lap++) {
            headway.dryAt(lap * STREAM);

            assertEquals(lap, rests);
        }
    }

    @Test
    void whoIsOnTheHeelsOfTheWriterRestsOnceItIsSeenToBeAStream() {
        for (long head = 0; head < STREAM; head += 128) {
            headway.dryAt(head);
        }
        assertEquals(0, rests);

        headway.dryAt(STREAM);

        assertEquals(1, rests);
    }

    @Test
    void itRestsOnceForEachTimeItRunsDry() {
        headway.dryAt(STREAM);
        for (int look = 0; look < 1000; look++) {
            headway.dryAt(STREAM);
        }

        assertEquals(1, rests);
    }

    @Test
    void whoWaitsForAnswersNeverRests() {
        for (int message = 0; message < 10_000; message++) {
            for (int look = 0; look < Headway.LOOKS; look++) {
                headway.dryAt(message * 128L);
            }
        }

        assertEquals(0, rests);
    }

    @Test
    void aPauseEndsTheStream() {
        headway.dryAt(STREAM);
        for (int look = 0; look < Headway.LOOKS; look++) {
            headway.dryAt(STREAM);
        }

        headway.dryAt(2 * STREAM - 128);
        assertEquals(1, rests);

        headway.dryAt(2 * STREAM);
        assertEquals(2, rests);
    }
}
