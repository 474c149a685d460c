package org.ipckit.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.testkit.Eventually;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JVM has to be told to open packages of the JDK, and whoever uses the transport hears nothing of Chronicle Queue. */
@Timeout(120)
class AvailabilityTest {

    @TempDir
    private Path folder;

    @Test
    void withoutTheOptionsOfTheJvmTheReasonNamesThem() throws Exception {
        try (Children children = new Children()) {
            Children.Child child =
                    children.start(option -> !option.startsWith("--add-"), List.of(), Main.class, address());

            assertEquals("false", child.line());
            assertEquals(
                    "Chronicle Queue reaches into the JDK: start java with"
                            + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED"
                            + " --add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                    child.line());
            String refusal = child.line();
            assertTrue(refusal.contains(TransportUnavailableException.class.getSimpleName()), refusal);
            assertTrue(refusal.contains("--add-opens"), refusal);
            assertEquals(null, child.line());
        }
    }

    @Test
    void nothingIsPrintedNorLeftBesideTheMessagesNorDoneOnTheDisksThread() throws Exception {
        Path home = Files.createTempDirectory(folder, "home");
        try (Children children = new Children()) {
            Children.Child child =
                    children.start(option -> true, List.of("-Duser.home=" + home), Main.class, address());

            assertEquals("true", child.line());
            assertEquals("", child.line());
            assertEquals("hello", child.line());
            assertEquals("false", child.line(), "a thread that watches the disk");
            assertEquals(null, child.line());
            assertEquals(0, child.process().waitFor());
        }
        try (Stream<Path> left = Files.walk(home)) {
            assertEquals(
                    List.of(),
                    left.filter(file -> file.toString().contains("chronicle")).toList());
        }
    }

    private String address() {
        return "chronicle://" + folder.resolve("c");
    }

    /** Says whether it is available and why not, then sends itself a message. */
    static final class Main {

        private Main() {}

        public static void main(String[] args) {
            ChronicleTransport transport = new ChronicleTransport();
            Availability availability = transport.availability();
            System.out.println(availability.available());
            System.out.println(availability.reason());
            try (Listener listener = transport.listen(Address.parse(args[0]));
                    Connection near = transport.connect(listener.address(), Eventually.patience());
                    Connection far = listener.accept(Eventually.patience()).orElseThrow()) {
                near.send(Message.utf8("hello"));
                System.out.println(far.receive().toUtf8());
                System.out.println(Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().contains("disk")));
            } catch (TransportUnavailableException refused) {
                System.out.println(refused);
            }
        }
    }
}
