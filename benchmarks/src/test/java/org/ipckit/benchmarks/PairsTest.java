package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.benchmarks.RowReport.RoundReport;
import org.junit.jupiter.api.Test;

class PairsTest {

    private static final Row SHM = new Row("shm?wait=spin", Contender.Group.TRANSPORT, "c-record", null);

    @Test
    void theRowHasTheFiguresOfThePairInTheMiddleAndTellsThoseOfAll() {
        RowReport slow = pair(null, 250, 251, 252);
        RowReport fast = pair(null, 190, 191, 900);
        RowReport middle = pair(null, 213, 214, 100);

        RowReport row = Pairs.together(List.of(slow, fast, middle));

        assertEquals(middle.rounds(), row.rounds());
        assertEquals(3, row.pairs().size());
        assertEquals(slow.rounds(), row.pairs().get(0).rounds());
        assertEquals(
                List.of("the middle one of 3 pairs of JVMs; the round trips of all, p50: 0.191, 0.213, 0.251 us"),
                row.remarks());
        assertNull(row.reason());
    }

    @Test
    void aRowWithOnePairIsThatPair() {
        RowReport only = pair(null, 200);

        assertSame(only, Pairs.together(List.of(only)));
    }

    @Test
    void aPairThatFailsIsNamedAndTheOthersCount() {
        RowReport row = Pairs.together(List.of(pair(null, 200, 201), pair("it died"), pair(null, 300, 301)));

        assertEquals("pair 2 of 3: it died", row.reason());
        assertEquals(2, row.pairs().size());
        assertEquals(2, row.rounds().size());
    }

    private static RowReport pair(String reason, long... roundTrips) {
        List<RoundReport> rounds = new ArrayList<>();
        for (long nanos : roundTrips) {
            Latency latency = new Latency(nanos, nanos, nanos, nanos, nanos, null);
            rounds.add(new RoundReport(
                    rounds.size() + 1,
                    List.of(new Figure(Measurement.ROUND_TRIP, 10, 10 * nanos, 1e9 / nanos, 9, null, latency))));
        }
        return new RowReport(SHM, List.of(), reason, false, List.of(), rounds);
    }
}
