package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.ipckit.benchmarks.RowReport.RoundReport;
import org.junit.jupiter.api.Test;

class DistanceTest {

    private static final Distance NEAR = new Distance(60, 70);
    private static final Distance FAR = new Distance(310, 300);
    private static final Distance MOVED = new Distance(60, 300);

    @Test
    void figuresAreAlikeUnlessTheProcessorsWereMovedBetweenOrWithinThem() {
        assertTrue(Distance.alike(NEAR, new Distance(55, 66)));
        assertTrue(Distance.alike(FAR, FAR));
        assertFalse(Distance.alike(NEAR, FAR));
        assertFalse(Distance.alike(MOVED, MOVED));
        assertTrue(Distance.alike(null, FAR), "not known");
    }

    @Test
    void itIsKnownIfBothLooksSawSomething() {
        assertEquals(NEAR, Distance.of(OptionalLong.of(60), OptionalLong.of(70)));
        assertNull(Distance.of(OptionalLong.empty(), OptionalLong.of(70)));
        assertNull(Distance.of(OptionalLong.of(60), OptionalLong.empty()));
    }

    @Test
    void aHostThatMovesTheProcessorsIsToldAndOneThatDoesNotIsNoWarning() {
        assertEquals(List.of(), Distance.remarks(List.of()));
        assertEquals(
                List.of("a cache line takes 60 to 70 ns from one processor to the other and back"),
                Distance.remarks(rows(NEAR, NEAR)));
        assertEquals(
                List.of(
                        "WARNING: the host moved the processors of this virtual machine: a cache line takes 60 ns from one"
                                + " to the other and back, and took up to 310 ns before or after 2 of 3 measurements; ratios are"
                                + " of those that were made at the same distance"),
                Distance.remarks(rows(NEAR, MOVED, FAR)));
    }

    private static List<RowReport> rows(Distance... distances) {
        List<Figure> figures = Stream.of(distances)
                .map(each -> new Figure(Measurement.ONE_WAY, 1, 1, 1, 1, null, null).at(each))
                .toList();
        Row row = new Row("a", Contender.Group.TRANSPORT, null, null);
        return List.of(
                new RowReport(row, List.of(), null, false, List.of(), List.of(new RoundReport(1, figures))),
                new RowReport(row, List.of(), "failed", false, List.of(), List.of()));
    }
}
