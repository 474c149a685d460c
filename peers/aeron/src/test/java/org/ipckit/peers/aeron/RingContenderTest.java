package org.ipckit.peers.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ipckit.benchmarks.PeerContender;
import org.junit.jupiter.api.Test;

class RingContenderTest {

    @Test
    void aMessageHasAtMostAnEighthOfTheRingAsTheCommandSaysThatDoesNotHaveTheLibrary() {
        assertEquals(PeerContender.RING_BYTES / 8, new RingContender.OneToOne().largestMessageBytes());
        assertEquals(PeerContender.RING_BYTES / 8, new RingContender.ManyToOne().largestMessageBytes());
    }
}
