package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where figures were measured.
 *
 * @param cores how many processors the JVM may use
 * @param model what the processor calls itself
 * @param kernel name, version and architecture of the system
 * @param pinned the processors of the two ends; empty if they were not pinned
 */
public record Machine(int cores, String model, String kernel, List<Integer> pinned) {

    static Machine here(Processors processors) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                modelName(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                processors.pinned() ? List.of(processors.near(), processors.far()) : List.of());
    }

    /** Returns true if it has as many of the same processors as the machine that this runs on. */
    public boolean likeThisOne() {
        return cores == Runtime.getRuntime().availableProcessors() && model.equals(modelName());
    }

    private static String modelName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException notLinux) {
            return "unknown processor";
        }
    }
}
