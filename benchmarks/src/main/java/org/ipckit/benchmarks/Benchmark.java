package org.ipckit.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.TransportRegistry;

/** The whole comparison: measures what was asked for and writes all figures into a file. */
public final class Benchmark {

    /** Who makes something of the results: a table, a page. */
    public interface Reader {

        /** Gets the results of a run, once, when it has ended in whatever way. */
        void read(Report report) throws IOException;
    }

    private static final long CLEANING_SECONDS = 20;

    private static final int NAMED_ROWS = 40;
    private static final long FEW_SECONDS = 150;

    private final BenchmarkSettings settings;
    private final Processors processors = Processors.choose();
    private final Plan plan;

    /**
     * Plans a run.
     *
     * @throws IllegalArgumentException if a row is named that there is not, or the file cannot be written where it is to
     *     be
     */
    public Benchmark(BenchmarkSettings settings, TransportRegistry registry) {
        this.settings = settings;
        this.plan = Plan.of(settings, registry, processors);
        Path folder = settings.json().toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException("--json " + settings.json() + ": its folder cannot be written to");
        }
    }

    /**
     * Runs. An interrupt of the JVM (Ctrl+C, SIGTERM) ends the run, and so does a failure: its processes and files go, and
     * what was measured so far is written and handed over.
     *
     * @param err gets the progress and the complaints
     * @param terminal true if {@code err} is one
     * @param reader gets the results when they are written
     * @return true if every row ran that can run on this machine
     */
    public boolean run(PrintWriter err, boolean terminal, Reader reader) throws IOException {
        Duration estimate = plan.estimate();
        int rounds = settings.timing().rounds();
        err.println(rowsInShort() + " in " + rounds + " rounds: takes about " + inWords(estimate));
        if (!processors.remark().isEmpty()) {
            err.println(processors.remark());
        }
        err.flush();
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Progress progress = terminal ? new ProgressBar(err, rounds, estimate) : new ProgressLines(err, rounds);
        Noise noise = new Noise();
        Runner runner = new Runner(plan.participants(), plan::unavailable, progress, noise, new CacheLine(processors));
        CountDownLatch written = new CountDownLatch(1);
        Thread cleaner = cleaner(runner, written);
        Runtime.getRuntime().addShutdownHook(cleaner);
        boolean completed = false;
        try {
            runner.run(rounds, settings.timing().perMeasurement(), () -> save(report(date, runner, false, noise), err));
            completed = true;
        } catch (InterruptedException stopped) {
            err.println();
            err.println("interrupted");
        } finally {
            try {
                progress.ended();
                runner.close();
                publish(report(date, runner, completed, noise), reader);
            } finally {
                written.countDown();
                removeHook(cleaner);
            }
        }
        return completed
                && runner.reports().stream().allMatch(row -> row.reason() == null || row.skipped())
                && runner.reports().stream().anyMatch(row -> !row.rounds().isEmpty());
    }

    private String rowsInShort() {
        List<String> names = plan.rows().stream().map(Row::label).toList();
        String count = names.size() == 1 ? "1 row" : names.size() + " rows";
        return names.size() > NAMED_ROWS ? count : count + " (" + String.join(", ", names) + ")";
    }

    private static String inWords(Duration estimate) {
        long seconds = Math.max(1, estimate.toSeconds());
        return seconds < FEW_SECONDS ? seconds + " s" : (seconds + 30) / 60 + " minutes";
    }

    /** Stops the thread that runs, waits until it has written what it has, and ends what it could not end. */
    private static Thread cleaner(Runner runner, CountDownLatch written) {
        Thread running = Thread.currentThread();
        return new Thread(
                () -> {
                    running.interrupt();
                    try {
                        written.await(CLEANING_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException hurry) {
                        Thread.currentThread().interrupt();
                    }
                    runner.close();
                },
                "bench-cleaner");
    }

    private static void removeHook(Thread cleaner) {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException shuttingDown) {
            // it runs already, or has run
        }
    }

    /** Keeps what there is of a long run, for the case that nothing of ours gets to run at its end. */
    private void save(Report report, PrintWriter err) {
        try {
            report.write(settings.json());
        } catch (IOException refused) {
            err.println("not yet written: " + refused.getMessage());
        }
    }

    private void publish(Report report, Reader reader) throws IOException {
        report.write(settings.json()); // first: whatever fails later can be made again from the file
        reader.read(report);
    }

    private Report report(String date, Runner runner, boolean completed, Noise noise) {
        List<String> remarks = new ArrayList<>();
        if (!processors.remark().isEmpty()) {
            remarks.add(processors.remark());
        }
        settings.selection().remark().ifPresent(remarks::add);
        remarks.addAll(noise.remarks());
        List<RowReport> rows = runner.reports();
        remarks.addAll(Distance.remarks(rows));
        return new Report(
                Report.FORMAT,
                date,
                Checkout.commit(settings.home()).orElse(null),
                settings.command(),
                Machine.here(processors),
                "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ", "
                        + System.getProperty("java.vendor") + ")",
                JvmProcess.FLAGS,
                settings.timing().rounds(),
                settings.timing().perMeasurement().toNanos() / 1e9,
                completed,
                remarks,
                rows);
    }
}
