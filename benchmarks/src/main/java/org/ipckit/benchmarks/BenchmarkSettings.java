package org.ipckit.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.ipckit.transport.Capabilities;

/**
 * What to measure and how long.
 *
 * @param selection what is measured of which rows
 * @param timing how often and how long
 * @param json where the figures are written
 * @param home the folder of the checkout, where the sources of the program in C are; empty outside of one
 * @param command the command that makes the same figures again
 */
public record BenchmarkSettings(Selection selection, Timing timing, Path json, Optional<Path> home, String command) {

    /** The size of messages if nothing is said. */
    public static final int DEFAULT_SIZE = 64;

    /**
     * What is measured of which rows.
     *
     * @param only the names of the rows to run, with any options of a transport; empty for all transports
     * @param include which groups to run besides: {@code raw}, {@code peers}, {@code limits}, {@code topics},
     *     {@code self}
     * @param sizes the sizes of the messages; every row is there once for each that it carries
     * @param waits whether every transport is there once for each way to wait
     * @param further what is measured beside round trips and one way
     * @param pairs how many times the JVMs of a row are started
     * @param memoryPairs the same for rows that are memory alone, where the figures are also the compiler's luck
     * @param limits whether the program in C runs beside the rows that have a limit
     */
    public record Selection(
            List<String> only,
            Set<String> include,
            List<Integer> sizes,
            boolean waits,
            Set<Measurement> further,
            int pairs,
            int memoryPairs,
            boolean limits) {

        /** The sizes of a thorough run. */
        public static final List<Integer> FULL_SIZES = List.of(DEFAULT_SIZE, 1 << 10, 64 << 10, 1 << 20);

        /** How many pairs of JVMs a thorough run starts of a row that is memory alone. */
        public static final int FULL_MEMORY_PAIRS = 3;

        /** What does not depend on the size is measured with the first. */
        private static final Set<Measurement> OF_ONE_SIZE = Set.of(Measurement.SET_UP, Measurement.IDLE);

        private static final int MOST_PAIRS = 99;
        private static final Set<String> GROUPS = Set.of("raw", "peers", "limits", "topics", "self");

        public Selection {
            only = List.copyOf(only);
            include = Set.copyOf(include);
            sizes = List.copyOf(sizes);
            further = Set.copyOf(further);
            if (!GROUPS.containsAll(include)) {
                throw new IllegalArgumentException(
                        "--include takes raw, peers, limits, topics and self, not " + include);
            }
            if (pairs < 1 || pairs > MOST_PAIRS || memoryPairs < 1 || memoryPairs > MOST_PAIRS) {
                throw new IllegalArgumentException("--pairs is from 1 to " + MOST_PAIRS);
            }
            if (sizes.isEmpty()) {
                throw new IllegalArgumentException("--sizes names no size");
            }
            for (int size : sizes) {
                if (size < Payload.SMALLEST_BYTES || size > Capabilities.DEFAULT_MAX_MESSAGE) {
                    throw new IllegalArgumentException("--sizes are from " + Payload.SMALLEST_BYTES + " to "
                            + Capabilities.DEFAULT_MAX_MESSAGE + " bytes, not " + size);
                }
            }
        }

        /** Returns what is measured of a row whose messages have the size at this place in the list. */
        Set<Measurement> measurements(int place) {
            Set<Measurement> measurements = EnumSet.copyOf(Measurement.USUAL);
            measurements.add(Measurement.FAN_OUT);
            measurements.addAll(further);
            if (place > 0) {
                measurements.removeAll(OF_ONE_SIZE);
            }
            return measurements;
        }

        /** Returns what a reader of the figures has to know of what is measured with one of several sizes. */
        Optional<String> remark() {
            return sizes.size() < 2 || Collections.disjoint(further, OF_ONE_SIZE)
                    ? Optional.empty()
                    : Optional.of("set-up and idle do not depend on the size: they are measured with messages of "
                            + sizes.get(0) + " bytes only");
        }
    }

    /**
     * How often and how long.
     *
     * @param rounds how often every row is measured
     * @param perMeasurement how long each measurement of a round takes
     * @param warmUp how long each measurement runs before the first round; round trips until they cost no less
     * @param rate how many round trips per second an open loop begins; if empty, half of what a closed one reaches
     */
    public record Timing(int rounds, Duration perMeasurement, Duration warmUp, OptionalDouble rate) {

        /** How often every row is measured if nothing is said: one that was disturbed is outvoted by the others. */
        public static final int DEFAULT_ROUNDS = 3;

        /** How often in a thorough run. */
        public static final int FULL_ROUNDS = 7;

        /** How long each measurement takes if nothing is said. */
        public static final Duration DEFAULT_MEASUREMENT = Duration.ofMillis(200);

        /** How long each measurement warms up if nothing is said: long enough for the last stage of the compiler. */
        public static final Duration DEFAULT_WARM_UP = Duration.ofMillis(600);

        private static final double HIGHEST_RATE = 1e9;

        public Timing {
            if (rounds < 1) {
                throw new IllegalArgumentException("--rounds is at least 1, not " + rounds);
            }
            if (perMeasurement.compareTo(Duration.ofMillis(1)) < 0
                    || perMeasurement.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("--seconds is from 0.001 to 3600");
            }
            if (rate.isPresent() && !(rate.getAsDouble() > 0 && rate.getAsDouble() <= HIGHEST_RATE)) {
                throw new IllegalArgumentException(
                        "--rate is above 0 and at most 1000000000 per second, not " + rate.getAsDouble());
            }
        }
    }
}
