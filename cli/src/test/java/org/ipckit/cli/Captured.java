package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.eventually;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** What a command has written so far. Safe for any thread. */
final class Captured extends ByteArrayOutputStream {

    List<String> lines() {
        return toString(UTF_8).lines().toList();
    }

    void awaitLine(String beginning) {
        eventually(() -> "a line begins with '" + beginning + "': " + lines(), () -> lines().stream()
                .anyMatch(line -> line.startsWith(beginning)));
    }

    void awaitLines(int count) {
        eventually(() -> "there are " + count + " lines: " + lines(), () -> lines().size() >= count);
    }
}
