package org.ipckit.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What counters say about messages that have not come. */
class GapsTest {

    private final Gaps gaps = new Gaps();

    private void receive(int messages) {
        for (int i = 0; i < messages; i++) {
            gaps.received("news");
        }
    }

    @Test
    void whatWasPublishedBeforeIsNotMissed() {
        gaps.counted("news", "first", 100);
        receive(3);
        gaps.counted("news", "first", 103);
        assertEquals(0, gaps.lost());
    }

    @Test
    void whatWasPublishedBetweenTwoSessionsIs() {
        gaps.counted("news", "first", 100);
        receive(3);
        gaps.sessionBegins();
        receive(2);
        gaps.counted("news", "first", 112);
        assertEquals(7, gaps.lost());
        receive(1);
        gaps.counted("news", "first", 113);
        assertEquals(7, gaps.lost());
    }

    @Test
    void aCounterThatHasBegunAgainCountsFromThere() {
        gaps.counted("news", "first", 100);
        receive(50);
        gaps.sessionBegins();
        receive(1);
        gaps.counted("news", "second", 5);
        assertEquals(4, gaps.lost());
    }

    @Test
    void messagesThatNobodyCountedHideNoneThatCome() {
        gaps.counted("news", "first", 0);
        receive(10);
        gaps.counted("news", "first", 2);
        assertEquals(0, gaps.lost());
    }

    @Test
    void onlyTheFirstMessageOfAChannelAsksForItsCounter() {
        assertTrue(gaps.received("news"));
        assertFalse(gaps.received("news"));
        assertTrue(gaps.received("sports"));
        gaps.counted("news", "first", 20);
        assertEquals(0, gaps.lost(), "what was before the first message is not missed");
    }
}
