package org.ipckit.signals;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener leaves in the file system, what it carries, and what it needs to be available. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalTransportTest extends SignalFixture {

    @Test
    void theRegistryFindsIt() {
        assertTrue(ServiceLoader.load(Mechanism.class).stream()
                .anyMatch(each -> each.type().equals(SignalTransport.class)));
        assertEquals("signal", transport.scheme());
        assertTrue(
                transport.availability().available(), transport.availability().reason());
    }

    @Test
    void aMessageHasAtMostSixtyFourKibibytes() {
        assertEquals(65_536, transport.capabilities(address()).maxMessageSize());
        for (String size : List.of("65537", "1MiB", "0")) {
            assertThrows(
                    InvalidAddressException.class,
                    () -> transport.capabilities(address().withOption("max-message", size)));
        }
    }

    @Test
    void aFileSaysWhereTheSignalsOfTheListenerGo() throws Exception {
        Listener listener = listen();
        Path place = folder.resolve("c.receiver");

        assertEquals(Receiver.ofThisJvm().place() + "\n", Files.readString(place));
        assertEquals(
                "rw-------",
                java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(place)));

        listener.close();
        assertFalse(Files.exists(place));
    }

    @Test
    void aForeignFileInItsPlaceIsLeftAlone() throws Exception {
        Path place = Files.writeString(folder.resolve("c.receiver"), "somebody's diary");

        assertThrows(AddressInUseException.class, () -> transport.listen(address()));

        assertEquals("somebody's diary", Files.readString(place));
        Files.delete(place);
    }

    @Test
    void everySizeUpToSomeValuesArrives() throws Exception {
        Connection near = accept(listen(), Jvm.start(Echo.class, address()));
        for (int size = 0; size < 40; size++) {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) (0xf0 + i);
            }
            for (ByteBuffer buffer : List.of(
                    ByteBuffer.wrap(bytes),
                    ByteBuffer.allocateDirect(size).put(bytes).flip().order(java.nio.ByteOrder.LITTLE_ENDIAN),
                    ByteBuffer.allocate(size + 9)
                            .position(5)
                            .put(bytes)
                            .limit(size + 5)
                            .position(5))) {
                near.send(buffer);
                assertEquals(Message.of(bytes), near.receive(SOON).orElseThrow());
            }
        }
    }

    @Test
    void aQueueThatIsTooShortIsAReason() throws Exception {
        try (Jvm jvm = Jvm.startWithQueue(10, Available.class)) {
            String line = jvm.line();
            assertTrue(line.startsWith("false ") && line.contains("ulimit -i"), line);
        }
    }

    @Test
    void aMissingLibraryIsAReason() throws Exception {
        String[] with = System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1);
        String without = String.join(
                java.io.File.pathSeparator,
                Stream.of(with).filter(entry -> !entry.contains("jnr-ffi")).toList());
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (Jvm jvm = Jvm.run(java, "-cp", without, Available.class.getName())) {
            String line = jvm.line();
            assertTrue(line.startsWith("false ") && line.contains("jnr-ffi is not on the class path"), line);
        }
    }

    /** Says whether the transport is available. */
    static final class Available {

        private Available() {}

        public static void main(String[] args) {
            var availability = new SignalTransport().availability();
            System.out.println(availability.available() + " " + availability.reason());
        }
    }
}
