package org.ipckit.pipes;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.io.TempDir;

/** An address in the folder of a test, and what is in that folder. */
abstract class PipeFixture {

    static final Duration SOON = Duration.ofSeconds(20);

    final PipeTransport transport = new PipeTransport();

    @TempDir
    Path folder;

    Path file() {
        return folder.resolve("p");
    }

    Address at(String options) {
        return Address.parse("pipe://" + file() + options);
    }

    /** Connects to it, and a message arrives. */
    void requireWorking(Listener listener) {
        try (Connection near = transport.connect(at(""), SOON);
                Connection far = listener.accept(SOON).orElseThrow()) {
            near.send(Message.utf8("works"));
            assertEquals(Message.utf8("works"), far.receive());
        }
    }

    void eventuallyOnly(String... expected) {
        eventually(() -> "only " + List.of(expected) + ", is " + files(), () -> files().equals(List.of(expected)));
    }

    /** Returns what is in the folder and below it; what is wrong with it while it changes. */
    List<String> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> !file.equals(folder))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException changing) {
            return List.of(changing.toString());
        }
    }
}
