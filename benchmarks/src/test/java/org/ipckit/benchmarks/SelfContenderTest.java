package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SelfContenderTest {

    private static final int SIZE = 64;
    private static final long SHORT_NANOS = 1_000_000;

    private final Contender self = new SelfContender(SIZE);

    @Test
    void theLoopsOfTheNearEndRunWithNothingBetweenTheEnds() throws IOException {
        NearEnd near = new NearEnd(self.connect("self", false), SIZE);

        Tally roundTrips = near.roundTrips(SHORT_NANOS);
        Tally oneWay = near.stream(SHORT_NANOS);

        assertEquals(roundTrips.messages(), roundTrips.latency().times().getTotalCount());
        assertTrue(roundTrips.messages() > 0 && oneWay.messages() > 0, roundTrips + " " + oneWay);
    }

    @Test
    void theFarEndHasNothingToDo() throws IOException {
        try (Contender.Entrance entrance = self.listen(Path.of("."))) {
            assertEquals(0, new FarEnd(entrance.accept(), SIZE).answer().messages());
            assertEquals(0, new FarEnd(entrance.accept(), SIZE).swallow().messages());
        }
    }
}
