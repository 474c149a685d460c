package org.ipckit.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.ipckit.benchmarks.ForkedPair;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;

@Timeout(120)
class JmhMainTest {

    @TempDir
    private Path folder;

    /** Without a fork of JMH, so that nothing but the far end is another process. */
    @Test
    void roundTripsAndMessagesOneWayAreMeasuredWithTheFarEndInAnotherJvm() throws Exception {
        String line = "RoundTrip|OneWay -p transport=uds -p sizeBytes=64 -f 0 -wi 0 -i 2 -r 10ms -v SILENT -o ";

        Collection<RunResult> results = run(line + folder.resolve("log"));

        assertEquals(2, results.size());
        results.forEach(result -> assertTrue(result.getPrimaryResult().getScore() > 0, result::toString));
    }

    @Test
    void thePartsAreMeasured() throws Exception {
        String line = "Codecs|Framing|Ring -f 0 -wi 0 -i 1 -r 1ms -v SILENT -o ";

        // Five codecs do four things; frames and the ring have two sizes, and the ring two ways.
        assertEquals(5 * 4 + 2 + 2 * 2, run(line + folder.resolve("log")).size());
    }

    @Test
    void theTransportsAreThoseOfTheRegistryUnlessTheLineNamesSome() throws Exception {
        List<String> all = ForkedPair.transports(Transports.registry());

        assertTrue(all.containsAll(List.of("uds", "tcp")) && !all.contains("inproc"), all::toString);
        assertEquals(all, transports("RoundTrip"));
        assertEquals(List.of("tcp"), transports("RoundTrip -p transport=tcp"));
    }

    private static List<String> transports(String line) throws Exception {
        return List.copyOf(options(line).getParameter("transport").get());
    }

    private static Collection<RunResult> run(String line) throws Exception {
        return new Runner(options(line)).run();
    }

    private static Options options(String line) throws Exception {
        return JmhMain.withRegistry(new CommandLineOptions(line.split(" ", -1))).build();
    }
}
