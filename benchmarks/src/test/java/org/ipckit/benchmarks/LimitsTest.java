package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LimitsTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final String LIST =
            "fifo  round-trip,open-loop,one-way,batch,fly  a pipe\nfutex  round-trip  a mailbox\n";

    @TempDir
    private Path folder;

    @Test
    void whatTheProgramCanDoIsReadFromItsList() {
        assertEquals(
                Map.of(
                        "fifo",
                        Set.of(
                                Measurement.ROUND_TRIP,
                                Measurement.ONE_WAY,
                                Measurement.ONE_WAY_BATCHED,
                                Measurement.OPEN_LOOP),
                        "futex",
                        Set.of(Measurement.ROUND_TRIP)),
                LimitsProgram.parseList(LIST));
    }

    @Test
    void aRoundTripIsReadFromItsLine() throws IOException {
        Figure figure = LimitRun.parse(
                Measurement.ROUND_TRIP,
                """
                {"mechanism":"uds","kind":"round-trip","size":64,"seconds":0.05,"cpus":[0,1],"messages":1059,\
                "p50_ns":49544,"p99_ns":82284,"p999_ns":164592,"max_ns":187501,"mean_unclocked_ns":53482.2,\
                "messages_per_second":21172,"cpu_ns_per_message":38065.1}
                """);

        assertEquals(new Latency(49544, 82284, 164592, 187501, 53482.2, null), figure.latency());
        assertEquals(1059, figure.messages());
        assertEquals(38065.1, figure.cpuNanosPerMessage());
    }

    @Test
    void anOpenLoopIsReadFromItsLineWithItsRate() throws IOException {
        Figure figure = LimitRun.parse(
                Measurement.OPEN_LOOP,
                """
                {"mechanism":"uds","kind":"open-loop","size":64,"seconds":0.05,"cpus":[0,1],"messages":245,\
                "p50_ns":68831,"p99_ns":3311495,"p999_ns":3626458,"max_ns":3626459,"rate":5e+03,"not_sent":5,\
                "messages_per_second":2450.5,"cpu_ns_per_message":157126.9}
                """);

        assertEquals(new Latency(68831, 3311495, 3626458, 3626459, 0, null), figure.latency());
        assertEquals(OpenLoop.quantities(5000, 5), figure.more());
        assertEquals(2450.5, figure.messagesPerSecond());
    }

    @Test
    void withoutACompilerThereIsAReason() {
        assertEquals(Optional.empty(), LimitsProgram.compiler(folder.toString()));
        assertEquals(Optional.empty(), LimitsProgram.compiler(null));
    }

    @Test
    void withoutSourcesThereIsAReason() {
        Required.that(LimitsProgram.compiler(System.getenv("PATH")).isPresent(), "no C compiler is here");

        String reason = assertThrows(
                        RowFailedException.class, () -> LimitsProgram.prepare(folder, folder.resolve("built")))
                .getMessage();

        assertTrue(reason.contains(folder.toString()), reason);
    }

    @Test
    void sourcesAreCompiledOnceAndAgainWhenTheyChange() throws Exception {
        Required.that(LimitsProgram.compiler(System.getenv("PATH")).isPresent(), "no C compiler is here");
        Path source = folder.resolve("limits.c");
        Path built = folder.resolve("built");
        write(source, "one");
        LimitsProgram first = LimitsProgram.prepare(folder, built);
        LimitsProgram again = LimitsProgram.prepare(folder, built);
        write(source, "two");
        LimitsProgram changed = LimitsProgram.prepare(folder, built);

        assertEquals(Set.of("one"), first.mechanisms().keySet());
        assertEquals(first.executable(), again.executable());
        assertEquals(Set.of("two"), changed.mechanisms().keySet());
    }

    @Test
    void whatTheCompilerRefusesIsTheReason() throws Exception {
        Required.that(LimitsProgram.compiler(System.getenv("PATH")).isPresent(), "no C compiler is here");
        Files.writeString(folder.resolve("limits.c"), "this is not C\n");

        String reason = assertThrows(
                        RowFailedException.class, () -> LimitsProgram.prepare(folder, folder.resolve("built")))
                .getMessage();

        assertTrue(reason.contains("refuses the C program"), reason);
    }

    @Test
    void theProgramOfThisModuleMeasuresWhatItSaysItCan() throws Exception {
        Required.that(LimitsProgram.compiler(System.getenv("PATH")).isPresent(), "no C compiler is here");
        try (LimitRun uds = ofThisModule("uds", OptionalDouble.empty())) {
            Set<Measurement> measurements = uds.start();

            assertEquals(Set.of(Measurement.ROUND_TRIP, Measurement.ONE_WAY, Measurement.OPEN_LOOP), measurements);
            for (Measurement measurement : measurements) {
                assertTrue(uds.measure(measurement, SHORT).messages() > 0);
            }
        }
    }

    @Test
    void theProgramCountsWhatAnOpenLoopCouldNotSendAsLateAsItIs() throws Exception {
        Required.that(LimitsProgram.compiler(System.getenv("PATH")).isPresent(), "no C compiler is here");
        try (LimitRun uds = ofThisModule("uds", OptionalDouble.of(10_000_000))) {
            uds.start();

            Figure figure = uds.measure(Measurement.OPEN_LOOP, SHORT);

            assertEquals(SHORT.toMillis() * 1e4, figure.messages() + value(figure, "notSent"));
            assertTrue(value(figure, "notSent") > 0, figure.toString());
            assertTrue(figure.latency().maxNanos() >= SHORT.toNanos(), figure.toString());
            assertEquals(10_000_000, value(figure, "rate"));
        }
    }

    private static LimitRun ofThisModule(String mechanism, OptionalDouble rate) {
        Work work = new Work(
                Set.of(Measurement.ROUND_TRIP, Measurement.ONE_WAY, Measurement.OPEN_LOOP, Measurement.IDLE),
                SHORT,
                rate);
        return new LimitRun(
                Row.ofLimit(mechanism),
                work,
                Processors.choose(),
                () -> LimitsProgram.prepare(Path.of("src/main/c"), Path.of("target/limits")));
    }

    private static double value(Figure figure, String name) {
        return figure.more().stream()
                .filter(quantity -> quantity.name().equals(name))
                .mapToDouble(Quantity::value)
                .findFirst()
                .orElseThrow();
    }

    private static void write(Path source, String mechanism) throws IOException {
        Files.writeString(
                source,
                "#include <stdio.h>\nint main(void) { puts(\"" + mechanism + "  round-trip  made up\"); return 0; }\n");
    }
}
