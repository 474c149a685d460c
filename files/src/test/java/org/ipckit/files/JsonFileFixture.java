package org.ipckit.files;

import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A listener in the folder of a test, and both ends of a connection to it, as far as the test opens them. */
abstract class JsonFileFixture {

    static final Duration SOON = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(50);

    final JsonFileTransport transport = new JsonFileTransport();

    @TempDir
    Path folder;

    Listener listener;
    Connection near;
    Connection far;

    Address address() {
        return Address.parse("jsonfile://" + folder.resolve("c"));
    }

    Path file(String name) {
        return folder.resolve("c.connections").resolve(name);
    }

    FileLocks locks() {
        return FileLocks.at(file("1").resolve("lock"));
    }

    /** Connects near to far. */
    void open(Address address) {
        listener = transport.listen(address);
        near = transport.connect(address, SOON);
        far = listener.accept(SOON).orElseThrow();
    }

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
}
