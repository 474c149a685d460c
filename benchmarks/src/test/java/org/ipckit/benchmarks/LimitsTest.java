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
import java.util.Set;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LimitsTest {

    private static final String LIST = "fifo  round-trip,one-way,batch,fly  a pipe\nfutex  round-trip  a mailbox\n";

    @TempDir
    private Path folder;

    @Test
    void whatTheProgramCanDoIsReadFromItsList() {
        assertEquals(
                Map.of("fifo", Measurement.USUAL, "futex", Set.of(Measurement.ROUND_TRIP)),
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
        LimitsProgram program = LimitsProgram.prepare(Path.of("src/main/c"), Path.of("target/limits"));
        try (LimitRun uds = new LimitRun(Row.ofLimit("uds"), 64, Processors.choose(), () -> program)) {
            for (Measurement measurement : uds.start()) {
                assertTrue(uds.measure(measurement, Duration.ofMillis(50)).messages() > 0);
            }
        }
    }

    private static void write(Path source, String mechanism) throws IOException {
        Files.writeString(
                source,
                "#include <stdio.h>\nint main(void) { puts(\"" + mechanism + "  round-trip  made up\"); return 0; }\n");
    }
}
