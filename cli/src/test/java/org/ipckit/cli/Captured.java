package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** What a command has written so far. Safe for any thread. */
final class Captured extends ByteArrayOutputStream {

    List<String> lines() {
        return toString(UTF_8).lines().toList();
    }

    void awaitLine(String beginning) throws InterruptedException {
        Eventually.eventually(
                () -> lines().stream().anyMatch(line -> line.startsWith(beginning)),
                () -> "no line begins with '" + beginning + "': " + lines());
    }

    void awaitLines(int count) throws InterruptedException {
        Eventually.eventually(() -> lines().size() >= count, () -> "fewer than " + count + " lines: " + lines());
    }
}
