package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What else goes on on the machine. Between two rounds nothing of ours uses a processor, so what is busy then is
 * somebody else's: or one of our own rows that does not sleep, which is as bad for the others.
 */
final class Noise {

    /** How long the machine is watched between two rounds: ten ticks of the kernel's counters. */
    static final Duration WINDOW = Duration.ofMillis(100);

    private static final Path COUNTERS = Path.of("/proc/stat");
    private static final double TICKS_PER_SECOND = 100;
    private static final double NOTABLE_PROCESSORS = 0.15;
    private static final double NOTABLE_STEAL = 0.01;

    private final List<Double> busyProcessors = new ArrayList<>();
    private final Pace pace = new Pace();
    private final Optional<long[]> beginning = counters();

    /** Watches for a moment; to be called while nothing of ours runs. */
    void watch() throws InterruptedException {
        Optional<long[]> before = counters();
        long start = System.nanoTime();
        Thread.sleep(WINDOW.toMillis());
        Optional<long[]> after = counters();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (before.isPresent() && after.isPresent()) {
            busyProcessors.add((busy(after.get()) - busy(before.get())) / TICKS_PER_SECOND / seconds);
        }
        pace.take();
    }

    /** Returns what made the figures less certain, in sentences; empty if nothing did. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (!busyProcessors.isEmpty()) {
            List<Double> sorted = new ArrayList<>(busyProcessors);
            Collections.sort(sorted);
            double median = sorted.get(sorted.size() / 2);
            if (median > NOTABLE_PROCESSORS) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "WARNING: other programs kept %.1f processors busy between the rounds; on an idle machine the"
                                + " numbers are better and steadier",
                        median));
            }
        }
        Optional<long[]> end = counters();
        if (beginning.isPresent() && end.isPresent()) {
            double stolen = end.get()[7] - beginning.get()[7];
            double all = sum(end.get()) - sum(beginning.get());
            if (all > 0 && stolen / all > NOTABLE_STEAL) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "WARNING: the host took %.0f %% of the time of this virtual machine's processors for others",
                        100 * stolen / all));
            }
        }
        remarks.addAll(pace.remarks());
        return remarks;
    }

    private static double busy(long[] counters) {
        return sum(counters) - counters[3] - counters[4]; // all but idle and waiting for a disk
    }

    private static double sum(long[] counters) {
        double sum = 0;
        for (int i = 0; i < 8; i++) { // guests are counted in user time already
            sum += counters[i];
        }
        return sum;
    }

    private static Optional<long[]> counters() {
        try {
            String[] words = Files.readAllLines(COUNTERS).get(0).split(" +", -1);
            long[] counters = new long[8];
            for (int i = 0; i < counters.length; i++) {
                counters[i] = Long.parseLong(words[i + 1]);
            }
            return Optional.of(counters);
        } catch (IOException | RuntimeException notLinux) {
            return Optional.empty(); // nothing is said about noise then
        }
    }
}
