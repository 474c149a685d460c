package org.ipckit.demos;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.testkit.Required;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs of one pair, in a folder of their own. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class PairFixture {

    @TempDir
    private Path parent;

    private final Pair pair;
    Path folder;

    PairFixture(Pair pair) {
        this.pair = pair;
    }

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(parent.resolve("run"));
    }

    Program start(End end, Language language, String... arguments) throws IOException {
        require(language);
        Launcher launcher = new Launcher(Path.of(""), parent);
        return Program.start(folder, launcher.command(pair, end, language, List.of(arguments)));
    }

    private void require(Language language) {
        if (language == Language.C) {
            Required.program("cc");
        }
        if (language == Language.PYTHON) {
            Required.pythonWith(
                    switch (pair) {
                        case FILES -> "filelock";
                        case MESSAGE_QUEUE -> "redis";
                        default -> "sys";
                    });
        }
    }

    /** Starts the end that is to be there first, and returns when the other can come. */
    Program startReady(End end, Language language, String... arguments) throws IOException {
        Program program = start(end, language, arguments);
        eventually(() -> "it is ready", () -> {
            try {
                return pair.isReady(folder);
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        });
        return program;
    }

    /** Runs an end that ends by itself; returns how. */
    Program run(End end, Language language, String... arguments) throws Exception {
        Program program = start(end, language, arguments);
        program.awaitEnd();
        return program;
    }

    String golden(End end) throws IOException {
        String name = pair.folder() + "-" + end.title().toLowerCase(java.util.Locale.ROOT) + ".txt";
        return Files.readString(Path.of("src", "test", "resources", "golden", name));
    }

    void assertLeft(String... names) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(names),
                    left.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }
}
