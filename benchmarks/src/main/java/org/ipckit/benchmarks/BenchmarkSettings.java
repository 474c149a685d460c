package org.ipckit.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ipckit.transport.Capabilities;

/**
 * What to measure and how long.
 *
 * @param only the names of the rows to run, with any options of a transport; empty for all transports
 * @param include which groups to run besides: {@code raw}, {@code peers}, {@code limits}
 * @param rounds how often every row is measured
 * @param perMeasurement how long each measurement of a round takes
 * @param warmUp how long each measurement runs before the first round
 * @param sizeBytes the size of the messages
 * @param json where the figures are written
 * @param limits whether the program in C runs beside the rows that have a limit
 * @param home the folder of the checkout, where the sources of the program in C are; empty outside of one
 * @param command the command that makes the same figures again
 */
public record BenchmarkSettings(
        List<String> only,
        Set<String> include,
        int rounds,
        Duration perMeasurement,
        Duration warmUp,
        int sizeBytes,
        Path json,
        boolean limits,
        Optional<Path> home,
        String command) {

    /** How often every row is measured if nothing is said: as few as give a median worth the name. */
    public static final int DEFAULT_ROUNDS = 7;

    /** How long each measurement takes if nothing is said. */
    public static final Duration DEFAULT_MEASUREMENT = Duration.ofMillis(200);

    /** How long each measurement warms up if nothing is said: long enough for the last stage of the compiler. */
    public static final Duration DEFAULT_WARM_UP = Duration.ofMillis(600);

    /** The size of messages if nothing is said. */
    public static final int DEFAULT_SIZE = 64;

    private static final Set<String> GROUPS = Set.of("raw", "peers", "limits");

    public BenchmarkSettings {
        only = List.copyOf(only);
        include = Set.copyOf(include);
        if (!GROUPS.containsAll(include)) {
            throw new IllegalArgumentException("--include takes raw, peers and limits, not " + include);
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds is at least 1, not " + rounds);
        }
        if (perMeasurement.compareTo(Duration.ofMillis(1)) < 0 || perMeasurement.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("--seconds is from 0.001 to 3600");
        }
        if (sizeBytes < Payload.SMALLEST_BYTES || sizeBytes > Capabilities.DEFAULT_MAX_MESSAGE) {
            throw new IllegalArgumentException("--size is from " + Payload.SMALLEST_BYTES + " to "
                    + Capabilities.DEFAULT_MAX_MESSAGE + " bytes, not " + sizeBytes);
        }
    }
}
