package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RunnerTest {

    private static final int MANY_ROUNDS = 20;
    private static final CacheLine NOT_PINNED = new CacheLine(new Processors(-1, -1, ""));

    private final List<String> events = new ArrayList<>();

    @Test
    void everyRowTakesPartInEveryRoundInTurn() throws InterruptedException {
        Runner runner = runner(new Made("a", 0), new Made("b", 0));

        runner.run(2, Duration.ofMillis(1), () -> {});

        assertEquals(List.of("start a", "start b", "a", "b", "a", "b", "close a", "close b"), events);
        assertEquals(2, runner.reports().get(1).rounds().size());
        assertNull(runner.reports().get(1).reason());
    }

    @Test
    void aRowThatFailsStaysWithItsReasonAndTheOthersGoOn() throws InterruptedException {
        Runner runner = runner(new Made("a", 2), new Made("b", 0));

        runner.run(3, Duration.ofMillis(1), () -> {});

        assertEquals(List.of("start a", "start b", "a", "b", "a", "close a", "b", "b", "close a", "close b"), events);
        RowReport failed = runner.reports().get(0);
        assertEquals("broke", failed.reason());
        assertFalse(failed.skipped());
        assertEquals(1, failed.rounds().size());
        assertEquals(3, runner.reports().get(1).rounds().size());
    }

    @Test
    void aRowThatCannotRunHereIsNotTriedAndIsNoFailure() throws InterruptedException {
        Runner runner = new Runner(
                List.of(List.of(new Made("a", 0), new Made("b", 0))),
                row -> row.name().equals("a") ? Optional.of("no such kernel") : Optional.empty(),
                new ProgressLines(new PrintWriter(Writer.nullWriter()), 1),
                new Noise(),
                NOT_PINNED);

        runner.run(1, Duration.ofMillis(1), () -> {});

        assertEquals(List.of("start b", "b", "close a", "close b"), events);
        assertEquals("no such kernel", runner.reports().get(0).reason());
        assertTrue(runner.reports().get(0).skipped());
    }

    @Test
    void aSectionRunsWhenTheOneBeforeItHasEnded() throws InterruptedException {
        Runner runner = new Runner(
                List.of(List.of(new Made("a", 0), new Made("b", 0)), List.of(new Made("c", 0))),
                row -> Optional.empty(),
                new ProgressLines(new PrintWriter(Writer.nullWriter()), 1),
                new Noise(),
                NOT_PINNED);

        runner.run(2, Duration.ofMillis(1), () -> events.add("saved"));

        assertEquals(
                List.of(
                        "start a", "start b", "a", "b", "a", "b", "close a", "close b", "saved", "start c", "c", "c",
                        "close c", "saved"),
                events);
    }

    @Test
    void thePairsOfARowTakePartInEveryRoundAndAreOneRowInTheReport() throws InterruptedException {
        Runner runner = runner(new Made("a", 0), new Made("a", 3), new Made("b", 0));

        runner.run(3, Duration.ofMillis(1), () -> {});

        assertEquals(2, runner.reports().size());
        RowReport row = runner.reports().get(0);
        assertEquals("pair 2 of 2: broke", row.reason());
        assertEquals(
                List.of(3, 2),
                row.pairs().stream().map(pair -> pair.rounds().size()).toList());
    }

    @Test
    void figuresSayHowFarApartTheProcessorsWere() throws InterruptedException {
        Processors processors = Processors.choose();
        Runner runner = runner(new CacheLine(processors), new Made("a", 0));

        // On a busy machine not each look gets both processors in time.
        runner.run(MANY_ROUNDS, Duration.ofMillis(1), () -> {});

        List<Distance> known = runner.reports().get(0).rounds().stream()
                .map(round -> round.figures().get(0).distance())
                .filter(Objects::nonNull)
                .toList();
        assertEquals(processors.pinned() && LibC.isAvailable(), !known.isEmpty());
        assertTrue(known.stream().allMatch(each -> each.lineNanosBefore() > 0 && each.lineNanosAfter() > 0));
    }

    private static Runner runner(Participant... participants) {
        return runner(NOT_PINNED, participants);
    }

    private static Runner runner(CacheLine line, Participant... participants) {
        return new Runner(
                List.of(List.of(participants)),
                row -> Optional.empty(),
                new ProgressLines(new PrintWriter(Writer.nullWriter()), 1),
                new Noise(),
                line);
    }

    private final class Made implements Participant {
        private final String name;
        private final int failsAt;
        private int measured;

        Made(String name, int failsAt) {
            this.name = name;
            this.failsAt = failsAt;
        }

        @Override
        public Row row() {
            return new Row(name, Contender.Group.TRANSPORT, null, null);
        }

        @Override
        public Set<Measurement> start() {
            events.add("start " + name);
            return Set.of(Measurement.ONE_WAY);
        }

        @Override
        public Figure measure(Measurement measurement, Duration duration) throws RowFailedException {
            events.add(name);
            if (++measured == failsAt) {
                throw new RowFailedException("broke");
            }
            return new Figure(measurement, 1, 1, 1e9, 1, null, null);
        }

        @Override
        public List<String> remarks() {
            return List.of();
        }

        @Override
        public List<String> flags() {
            return List.of();
        }

        @Override
        public void close() {
            events.add("close " + name);
        }
    }
}
