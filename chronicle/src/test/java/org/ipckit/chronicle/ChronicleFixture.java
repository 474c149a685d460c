package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A listener in the folder of a test, and both ends of a connection to it, as far as the test opens them. */
abstract class ChronicleFixture {

    static final Duration SOON = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(50);

    final ChronicleTransport transport = new ChronicleTransport();

    @TempDir
    Path folder;

    Listener listener;
    Connection near;
    Connection far;

    Address address() {
        return Address.parse("chronicle://" + folder.resolve("c"));
    }

    /** Returns the folder of the queue to the listener of the first connection. */
    Path toListener(int number) {
        return folder.resolve("c.connections/1/to-listener").resolve(String.valueOf(number));
    }

    /** Connects near to far, which is the listener's. */
    void open(Address address) {
        listener = transport.listen(address);
        near = transport.connect(address, SOON);
        far = listener.accept(SOON).orElseThrow();
    }

    /** Ends both processes as far as that can be done in one: everything is closed, what is unread stays. */
    @AfterEach
    void close() {
        for (AutoCloseable each : new AutoCloseable[] {near, far, listener}) {
            if (each != null) {
                closeQuietly(each);
            }
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception refused) {
            throw new AssertionError(refused);
        }
    }

    static String next(Connection connection) {
        return connection.receive(SOON).map(Message::toUtf8).orElse("nothing");
    }

    /** Returns the files with messages in the folder of a queue, in order. */
    static List<Path> messageFiles(Path queue) throws IOException {
        try (Stream<Path> files = Files.list(queue)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }
}
