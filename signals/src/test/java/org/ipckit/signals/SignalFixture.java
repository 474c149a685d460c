package org.ipckit.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An address in the folder of a test, and what the test opens there: all of it is closed, and nothing may be left. */
abstract class SignalFixture {

    static final Duration SOON = Duration.ofSeconds(20);

    final SignalTransport transport = new SignalTransport();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    Path folder;

    Address address() {
        return Address.parse("signal://" + file());
    }

    Path file() {
        return folder.resolve("c");
    }

    <C extends AutoCloseable> C open(C it) {
        opened.add(it);
        return it;
    }

    Listener listen() {
        return open(transport.listen(address()));
    }

    /** Connects another JVM to a listener of this one. */
    Connection accept(Listener listener, Jvm far) throws IOException {
        open(far).awaitLine("ready");
        return open(listener.accept(SOON).orElseThrow());
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    static void requireWorking(Connection near) {
        near.send(Message.utf8("works?"));
        assertEquals(Message.utf8("works?"), near.receive(SOON).orElseThrow());
    }
}
