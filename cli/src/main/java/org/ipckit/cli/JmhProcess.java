package org.ipckit.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ipckit.benchmarks.ForkedPair;

/** JMH in a process of its own, on this one's terminal. */
final class JmhProcess {

    private static final Path JAR = Path.of("benchmarks", "jmh", "target", "jmh.jar");

    private JmhProcess() {}

    /** Runs it to its end and returns its exit code. */
    static int run(Optional<Path> home, List<String> arguments) throws IOException, InterruptedException {
        Path jar = home.map(folder -> folder.resolve(JAR))
                .filter(Files::isRegularFile)
                .orElseThrow(() -> new CommandFailedException(
                        "the benchmarks under JMH are in a checkout, where ./ipckit bench --jmh builds them"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ForkedPair.FLAGS);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }
}
