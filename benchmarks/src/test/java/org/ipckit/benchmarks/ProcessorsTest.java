package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorsTest {

    @TempDir
    private Path topology;

    @Test
    void aListIsReadAsTheKernelWritesIt() {
        assertEquals(List.of(0), Processors.list("0"));
        assertEquals(List.of(0, 1, 2, 3, 8, 10, 11), Processors.list("0-3,8,10-11"));
    }

    @Test
    void theEndsGetDifferentCores() throws IOException {
        siblings(2, "2-3");

        Processors chosen = Processors.choose(List.of(2, 3, 4, 5), topology);

        assertEquals(new Processors(2, 4, ""), chosen);
    }

    @Test
    void twoThreadsOfOneCoreAreUsedWithAWarning() throws IOException {
        siblings(0, "0-1");

        Processors chosen = Processors.choose(List.of(0, 1), topology);

        assertTrue(chosen.pinned());
        assertTrue(chosen.remark().startsWith("WARNING"), chosen.remark());
    }

    @Test
    void aMachineThatDoesNotTellItsCoresHasOnePerProcessor() {
        assertEquals(new Processors(0, 1, ""), Processors.choose(List.of(0, 1), topology));
    }

    @Test
    void oneProcessorIsNotEnoughToCompareAnything() {
        Processors chosen = Processors.choose(List.of(3), topology);

        assertFalse(chosen.pinned());
        assertTrue(chosen.remark().contains("not comparable"), chosen.remark());
    }

    @Test
    void aPinnedThreadIsAllowedOnThatProcessorOnly() throws Exception {
        Processors chosen = Processors.choose();
        Required.that(chosen.pinned(), chosen.remark());
        String[] allowed = new String[2];
        Thread thread = new Thread(() -> {
            allowed[0] = Pinning.pin(chosen.far());
            allowed[1] = allowedOfThisThread();
        });
        thread.start();
        thread.join();

        assertEquals("", allowed[0]);
        assertEquals(Integer.toString(chosen.far()), allowed[1]);
    }

    private static String allowedOfThisThread() {
        try {
            return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                    .filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private void siblings(int processor, String list) throws IOException {
        Path folder = Files.createDirectories(topology.resolve("cpu" + processor + "/topology"));
        Files.writeString(folder.resolve("thread_siblings_list"), list + "\n");
    }
}
