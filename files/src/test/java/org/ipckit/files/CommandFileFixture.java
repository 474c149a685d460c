package org.ipckit.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A command file in the folder of a test, both sides of it, and a log of what the server says. */
abstract class CommandFileFixture {

    static final Duration SOON = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    final Log log = new Log();

    /** Writes down what the example's server prints. */
    static final class Log implements CommandServer.Observer {

        final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void fileChanged(long fromBytes, long toBytes) {
            lines.add(fromBytes + " to " + toBytes);
        }

        @Override
        public void running(String call) {
            lines.add(call);
        }

        @Override
        public void fileDamaged(Path keptAside, String reason) {
            lines.add("damaged " + keptAside.getFileName() + ": " + reason);
        }
    }

    Path path() {
        return folder.resolve("shared.json");
    }

    CommandFile file() {
        return CommandFile.at(path());
    }

    CommandServer alice() {
        return file().serve(Arithmetic.commands(), log);
    }

    /** Calls it, and returns the answer as text. */
    String call(String command, Object... arguments) {
        return file().call(command, List.of(arguments), SOON).toString();
    }

    void assertError(String text, String command, Object... arguments) {
        CommandFailedException refused = assertThrows(CommandFailedException.class, () -> call(command, arguments));
        assertEquals(text, refused.getMessage());
    }
}
