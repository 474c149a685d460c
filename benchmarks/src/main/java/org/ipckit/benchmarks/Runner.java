package org.ipckit.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.ipckit.benchmarks.RowReport.RoundReport;

/**
 * Starts all rows of a section and measures them in turns: every row in every round, one at a time; then those of the next.
 * A row that fails is out, with its reason, and the others go on. One thread runs; what it has measured may be asked for
 * when it has stopped.
 */
final class Runner {

    private static final long INTERRUPT_MILLIS = 300;

    private final List<List<Participant>> sections;
    private final Map<Participant, Results> all = new LinkedHashMap<>();
    private final Function<Row, Optional<String>> unavailable;
    private final Progress progress;
    private final Noise noise;
    private final CacheLine line;

    /**
     * Makes a runner.
     *
     * @param unavailable says why a row is not to be tried at all
     * @param line tells how far apart the processors are
     */
    Runner(
            List<List<Participant>> sections,
            Function<Row, Optional<String>> unavailable,
            Progress progress,
            Noise noise,
            CacheLine line) {
        this.sections = List.copyOf(sections);
        sections.forEach(section -> section.forEach(participant -> all.put(participant, new Results())));
        this.unavailable = unavailable;
        this.progress = progress;
        this.noise = noise;
        this.line = line;
    }

    /**
     * Runs to the end, or until its thread is interrupted.
     *
     * @param afterSection runs when a section has ended: what it has measured is not measured again
     */
    void run(int rounds, Duration perMeasurement, Runnable afterSection) throws InterruptedException {
        for (List<Participant> section : sections) {
            for (Participant each : section) {
                start(each, all.get(each));
            }
            for (int round = 1; round <= rounds; round++) {
                noise.watch();
                for (Participant each : section) {
                    measure(round, each, all.get(each), perMeasurement);
                }
            }
            close(section);
            afterSection.run();
        }
    }

    private void start(Participant participant, Results results) throws InterruptedException {
        Row row = participant.row();
        Optional<String> reason = unavailable.apply(row);
        if (reason.isPresent()) {
            results.reason = reason.get();
            results.skipped = true;
            return;
        }
        progress.starting(row);
        try {
            results.measurements = participant.start();
        } catch (RowFailedException failed) {
            // What the program in C needs, a compiler, is no part of ipckit.
            results.skipped = row.group() == Contender.Group.LIMIT;
            giveUp(participant, results, failed);
        }
    }

    private void measure(int round, Participant participant, Results results, Duration perMeasurement)
            throws InterruptedException {
        if (results.reason != null) {
            return;
        }
        List<Figure> figures = new ArrayList<>();
        try {
            OptionalLong before = line.thereAndBack();
            for (Measurement measurement : results.measurements) {
                progress.measuring(round, participant.row(), measurement);
                Figure figure = participant.measure(measurement, perMeasurement);
                OptionalLong after = line.thereAndBack();
                figures.add(figure.at(Distance.of(before, after)));
                before = after;
            }
        } catch (RowFailedException failed) {
            giveUp(participant, results, failed);
        } finally {
            if (!figures.isEmpty()) {
                results.rounds.add(new RoundReport(round, figures));
            }
        }
    }

    private void giveUp(Participant participant, Results results, RowFailedException failed)
            throws InterruptedException {
        // Ctrl+C reaches the JVMs of the rows too, and they may be gone before this one has heard of it.
        Thread.sleep(INTERRUPT_MILLIS);
        results.reason = failed.getMessage();
        progress.failed(participant.row(), failed.getMessage());
        participant.close();
    }

    /** Returns what was measured so far, row by row. */
    List<RowReport> reports() {
        Map<Row, List<RowReport>> rows = new LinkedHashMap<>();
        all.forEach((participant, results) -> rows.computeIfAbsent(participant.row(), row -> new ArrayList<>())
                .add(results.report(participant)));
        return rows.values().stream().map(Pairs::together).toList();
    }

    /** Ends every process of every row; any thread may call it. */
    void close() {
        close(all.keySet());
    }

    /** All are told before the first is waited for: dozens of JVMs end in the time of one or two. */
    private static void close(Collection<Participant> participants) {
        participants.forEach(Participant::dismiss);
        participants.forEach(Participant::close);
    }

    private static final class Results {
        private Set<Measurement> measurements = Set.of();
        private final List<RoundReport> rounds = new ArrayList<>();
        private String reason;
        private boolean skipped;

        private RowReport report(Participant participant) {
            List<String> remarks = new ArrayList<>(participant.remarks());
            remarks.addAll(Outliers.remarks(rounds));
            return new RowReport(participant.row(), participant.flags(), reason, skipped, remarks, List.copyOf(rounds));
        }
    }
}
