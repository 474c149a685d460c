package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks in another JVM, where the native part is not what it is here, and talks with it. */
class AvailabilityTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void nothingIsAmissHere() {
        assertEquals(Availability.yes(), new SharedMemoryTransport().availability());
    }

    @Test
    void nativesThatDoNotLoadAreAReasonAndItWorksWithoutThem() throws Exception {
        // An empty folder to load from, and none to extract to.
        requireDegraded(
                "jnr-ffi does not load",
                System.getProperty("java.class.path"),
                "-Djffi.boot.library.path=/proc/self/nothing",
                "-Djffi.extract.dir=/proc/self/nothing");
    }

    @Test
    void aMissingLibraryIsAReasonAndItWorksWithoutIt() throws Exception {
        String withoutJnr = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("jnr"))
                .collect(Collectors.joining(File.pathSeparator));

        requireDegraded("jnr-ffi is not on the class path", withoutJnr);
    }

    private void requireDegraded(String reason, String classPath, String... options) throws IOException {
        Address address = Address.parse("shm://" + folder.resolve("a"));
        try (OtherJvm other = OtherJvm.run(List.of(options), classPath, Main.class, address.toUri())) {
            assertEquals("available degraded", other.line());
            String said = other.line();
            assertTrue(said.contains(reason), said);

            try (Connection connection = new SharedMemoryTransport().connect(address, SOON)) {
                for (int round = 0; round < 100; round++) {
                    connection.send(Message.utf8("round " + round));
                    assertEquals(
                            Message.utf8("round " + round),
                            connection.receive(SOON).orElseThrow());
                }
            }
            assertEquals("closed", other.line());
        }
    }

    /** Prints whether it is available and why not, then echoes to one client. */
    static final class Main {

        private static final int ROUNDS = 100;

        private Main() {}

        public static void main(String[] args) {
            SharedMemoryTransport transport = new SharedMemoryTransport();
            Availability availability = transport.availability();
            System.out.println((availability.available() ? "available" : "not available")
                    + (availability.degraded() ? " degraded" : ""));
            System.out.println(availability.reason());
            try (Listener listener = transport.listen(Address.parse(args[0]));
                    Connection connection = listener.accept()) {
                for (int round = 0; round < ROUNDS; round++) {
                    connection.send(connection.receive());
                }
            }
            System.out.println("closed");
        }
    }
}
