package org.ipckit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds of the system.
 *
 * @param descriptors open file descriptors; 0 where the system does not list them
 * @param threads live platform threads
 */
record Usage(int descriptors, int threads) {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Counts what this process holds now. */
    static Usage now() {
        return new Usage(descriptorsNow(), Thread.getAllStackTraces().size());
    }

    static Usage ofWords(String words) {
        String[] numbers = words.split(",", -1);
        return new Usage(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    }

    String toWords() {
        return descriptors + "," + threads;
    }

    private static int descriptorsNow() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return (int) all.count();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
