package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast a processor goes: it counts in another frequency when it is hot, or on battery, or when the other threads of its
 * core are busy. Machines that tell their frequency tell that of a moment, and virtual ones tell nothing; so the same work
 * is done between the rounds, and what counts is how long it took.
 */
final class Pace {

    private static final Path GOVERNOR = Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    private static final String STEADY = "performance";

    /** A chain that no processor can shorten: each step needs the one before. About a millisecond. */
    private static final int STEPS = 500_000;

    private static final int TRIES = 8;
    private static final double NOTABLE = 1.1;

    private final Path governor;
    private final List<Long> nanos = new ArrayList<>();
    private long chain = 1;

    /** Makes it ready: what is measured is the processor, not the compiler. */
    Pace() {
        this(GOVERNOR);
        for (int i = 0; i < TRIES; i++) {
            time();
        }
    }

    Pace(Path governor) {
        this.governor = governor;
    }

    /** Does the work; the fastest of several tries counts, the others were interrupted. */
    void take() {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            fastest = Math.min(fastest, time());
        }
        took(fastest);
    }

    /** Notes how long the work took. */
    void took(long workNanos) {
        nanos.add(workNanos);
    }

    private long time() {
        long start = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            chain = chain * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
        }
        // The result is in a field, so that the work cannot be left out.
        return System.nanoTime() - start;
    }

    /** Returns what made the figures less certain, in sentences; empty if nothing did. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        long fastest = nanos.stream().mapToLong(Long::longValue).min().orElse(1);
        long slowest = nanos.stream().mapToLong(Long::longValue).max().orElse(1);
        if (slowest > NOTABLE * fastest) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "WARNING: the processor was slower at one time than at another: the same work took up to %.0f %%"
                            + " longer",
                    100.0 * slowest / fastest - 100));
        }
        governor()
                .filter(chosen -> !chosen.equals(STEADY))
                .ifPresent(chosen -> remarks.add("the frequency of the processors is chosen by '" + chosen + "'; with '"
                        + STEADY + "' the numbers are steadier"));
        return remarks;
    }

    private Optional<String> governor() {
        try {
            return Files.exists(governor)
                    ? Optional.of(Files.readString(governor).strip())
                    : Optional.empty();
        } catch (IOException notTold) {
            return Optional.empty();
        }
    }
}
