package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class JvmPairTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONGEST_BOUND = Duration.ofSeconds(24);
    private static final int SIZE = BrokenContender.SIZE;

    private static final Set<String> FULLY_MEASURED = Set.of("inproc", "shm", "uds", "redis", "raw-jedis");

    private final Contenders contenders = new Contenders(Transports.registry(), SIZE);

    @AfterEach
    void noProcessIsLeft() {
        assertEquals(
                List.of(),
                ProcessHandle.current()
                        .descendants()
                        .filter(ProcessHandle::isAlive)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inproc",
                "pipe",
                "jsonfile",
                "signal",
                "shm",
                "shm?wait=spin",
                "uds",
                "uds?wait=spin",
                "uds?buffer=64KiB",
                "tcp",
                "tls",
                "raw-uds",
                "raw-tcp",
                "raw-pipe",
                "redis",
                "raw-jedis"
            })
    void figuresOfEveryMeasurementComeOutOfARealRun(String name) throws Exception {
        Contender contender = contenders.find(name).orElseThrow();
        assertEquals(java.util.Optional.empty(), contender.unavailable());
        Set<Measurement> expected = EnumSet.copyOf(contender.measurements());
        if (!FULLY_MEASURED.contains(name)) {
            expected.retainAll(Measurement.USUAL); // the others take the same way through other code
        }
        try (JvmPair pair = pair(contender, expected, Duration.ofSeconds(30))) {
            Set<Measurement> measurements = pair.start();

            assertEquals(expected, measurements);
            assertEquals(name.equals("inproc") ? 1 : 2, processes());
            for (Measurement measurement : measurements) {
                requireSensible(pair.measure(measurement, SHORT));
            }
        }
    }

    private static void requireSensible(Figure figure) {
        Measurement measurement = figure.measurement();
        if (measurement == Measurement.IDLE) {
            assertTrue(value(figure, "idleCpu") > 0, figure.toString());
            return;
        }
        assertTrue(figure.messages() > 0, figure.toString());
        assertTrue(figure.cpuNanosPerMessage() > 0, figure.toString());
        if (measurement == Measurement.OPEN_LOOP) {
            assertEquals(
                    figure.messages() + Math.round(value(figure, "notSent")),
                    figure.latency().times().getTotalCount());
        } else if (measurement == Measurement.SET_UP) {
            assertTrue(value(figure, "connectP50") <= figure.latency().p99Nanos(), figure.toString());
        } else {
            assertTrue(figure.elapsedNanos() >= SHORT.toNanos(), figure.toString());
            assertEquals(measurement == Measurement.ROUND_TRIP, figure.latency() != null);
        }
        if (measurement == Measurement.ROUND_TRIP) {
            assertEquals(figure.messages(), figure.latency().times().getTotalCount());
            assertTrue(figure.latency().p50Nanos() <= figure.latency().p999Nanos());
            assertTrue(figure.latency().meanUnclockedNanos() > 0);
        }
    }

    private static double value(Figure figure, String name) {
        return figure.more().stream()
                .filter(quantity -> quantity.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void aContenderThatCannotListenIsOutWithItsReason() {
        assertEquals("the far end: IOException: no such luck", reason("refuses", Duration.ofSeconds(30)));
    }

    @Test
    void aContenderThatHangsIsKilledAfterABound() {
        Duration bound = Duration.ofSeconds(3);
        String reason = reason("hangs", bound);
        // It bounds the start of the JVMs too, which on a slow machine take longer.
        while (!reason.contains("'measure'") && bound.compareTo(LONGEST_BOUND) < 0) {
            bound = bound.multipliedBy(2);
            reason = reason("hangs", bound);
        }

        String expected = "the near end did not answer 'measure' within " + bound.toSeconds() + " s";
        assertTrue(reason.startsWith(expected), reason);
    }

    @Test
    void aContenderWhoseJvmDiesIsOutWithTheLastItSaid() {
        String reason = reason("dies", Duration.ofSeconds(30));

        assertTrue(reason.startsWith("the near end: its process ended with 42: "), reason);
        assertTrue(reason.contains("last words"), reason);
    }

    @Test
    void aContenderThatDeliversAnotherContentIsOut() {
        String reason = reason("corrupts", Duration.ofSeconds(60));

        assertTrue(reason.matches("the far end: message \\d+ came with another content than it was sent with"), reason);
    }

    @Test
    void whatALibraryPrintsDoesNotDisturbTheAnswers() throws Exception {
        try (JvmPair pair = pair(contenders.find("chatters").orElseThrow(), Duration.ofSeconds(30))) {
            assertEquals(2, pair.start().size());
        }
    }

    @Test
    void aContenderWithAClassPathOfItsOwnIsFoundThere() throws Exception {
        String here = System.getProperty("java.class.path");
        try (JvmPair pair = pair(new Elsewhere("chatters", here), Duration.ofSeconds(30))) {
            assertEquals(2, pair.start().size());
        }
        String nothing = reason(new Elsewhere("chatters", "/nowhere/nothing.jar"), Duration.ofSeconds(30));
        assertTrue(nothing.contains("EndProcess"), nothing);
    }

    /** Known here by its name only, as a peer is. */
    private static final class Elsewhere extends BrokenContender {
        private final String classPath;

        Elsewhere(String name, String classPath) {
            super(name);
            this.classPath = classPath;
        }

        @Override
        public java.util.Optional<String> classPath() {
            return java.util.Optional.of(classPath);
        }

        @Override
        public Entrance listen(java.nio.file.Path folder) {
            throw new AssertionError("not in this JVM");
        }
    }

    @Test
    void aPeerThatIsNoJavaIsMeasuredBetweenTwoProcessesOfItsOwn() throws Exception {
        Required.program("python3");
        try (JvmPair pair = pair(new PythonPeer(), Duration.ofSeconds(30))) {
            assertEquals(Set.of(Measurement.ROUND_TRIP, Measurement.ONE_WAY), pair.start());

            Figure roundTrips = pair.measure(Measurement.ROUND_TRIP, SHORT);
            Figure oneWay = pair.measure(Measurement.ONE_WAY, SHORT);

            assertTrue(roundTrips.latency().p50Nanos() > 0, roundTrips.toString());
            assertTrue(roundTrips.latency().meanUnclockedNanos() > 0, roundTrips.toString());
            assertTrue(oneWay.messages() > 0 && oneWay.cpuNanosPerMessage() > 0, oneWay.toString());
        }
    }

    private String reason(String name, Duration patience) {
        return reason(contenders.find(name).orElseThrow(), patience);
    }

    private static String reason(Contender contender, Duration patience) {
        try (JvmPair pair = pair(contender, patience)) {
            return assertThrows(RowFailedException.class, pair::start).getMessage();
        }
    }

    private static JvmPair pair(Contender contender, Duration patience) {
        return pair(contender, Measurement.USUAL, patience);
    }

    private static JvmPair pair(Contender contender, Set<Measurement> measurements, Duration patience) {
        Contender brisk = new BriskContender(contender);
        Work work = new Work(measurements, SHORT, OptionalDouble.empty());
        return new JvmPair(Row.of(brisk), brisk, work, Processors.choose(), patience);
    }

    /** Those of the pair; an end may have a server of its own beside it. */
    private static long processes() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
    }
}
