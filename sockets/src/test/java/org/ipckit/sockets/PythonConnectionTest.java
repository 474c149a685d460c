package org.ipckit.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipckit.testkit.Required;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Values exchanged with {@code multiprocessing.connection}, of versions before and after 3.12, in both roles. */
@Timeout(120)
class PythonConnectionTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] KEY = "Do not let eve find us!".getBytes(UTF_8);

    @TempDir
    private Path folder;

    // ---------------------------------------------------------------- with Python

    @Test
    void pythonClientsOfAnyVersionAreAnsweredWhateverElseComes() throws Exception {
        Required.program("python3");
        String name = "ipckit-test-" + ProcessHandle.current().pid();
        List<Thread> answering = new ArrayList<>();
        try (PythonListener tcp = PythonListener.listen("tcp://localhost:0", KEY);
                PythonListener uds = PythonListener.listen("uds://" + folder.resolve("s"), KEY);
                PythonListener named = PythonListener.listen("uds://@" + name + "?provider=jnr", KEY)) {
            for (PythonListener each : List.of(tcp, uds, named)) {
                answering.add(echoing(each));
            }
            String target = tcp.address().target();

            assertEnds(python(
                    "clients.py",
                    target.substring(target.lastIndexOf(':') + 1),
                    folder.resolve("s").toString(),
                    name));
        }
        for (Thread each : answering) {
            each.join();
        }
    }

    /** Sends back what comes, one client at a time. */
    private static Thread echoing(PythonListener listener) {
        Thread thread = new Thread(() -> {
            while (true) {
                try (PythonConnection client = listener.accept()) {
                    echo(client);
                } catch (ConnectionClosedException listenerClosed) {
                    return;
                }
            }
        });
        thread.start();
        return thread;
    }

    private static void echo(PythonConnection client) {
        while (true) {
            try {
                client.send(client.receive());
            } catch (CodecException refused) {
                client.send("ipckit refuses: " + refused.getMessage());
            } catch (ConnectionClosedException gone) {
                return;
            }
        }
    }

    @Test
    void pythonListenersOfAnyVersionAnswerUs() throws Exception {
        Required.program("python3");
        Path file = folder.resolve("s");
        Process listeners = python("listeners.py", file.toString());
        int port;
        try (BufferedReader lines = listeners.inputReader(UTF_8)) {
            port = Integer.parseInt(lines.readLine());
        }
        for (Address address : List.of(
                Address.parse("tcp://localhost:" + port), Address.parse("uds://" + file),
                Address.parse("tcp://localhost:" + port), Address.parse("uds://" + file))) {
            assertMultiplies(PythonClient.connect(address, SOON, KEY));
            assertMultiplies(PythonClient.connect(address.withOption("authkey-file", keyFile()), SOON));
            assertThrows(AccessDeniedException.class, () -> PythonClient.connect(address, SOON, (byte) 'e'));
        }
        assertEnds(listeners);
    }

    private static void assertMultiplies(PythonConnection alice) {
        try (alice) {
            alice.send(List.of(8, 8));
            alice.send("bytes".getBytes(UTF_8));
            alice.send(ByteBuffer.allocate(3));
            assertTrue(alice.hasNext(SOON));
            assertEquals(64, alice.receive());
            assertEquals(8_000_000, alice.receiveBytes().size());
            assertEquals(
                    By.PEER,
                    assertThrows(ConnectionClosedException.class, alice::receive)
                            .by());
        }
    }

    private Process python(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("python3", "-B", Resources.folder().resolve(program).toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(folder.resolve("python.log").toFile())
                .start();
    }

    private void assertEnds(Process process) throws Exception {
        boolean ended = process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        String log = Files.readString(folder.resolve("python.log"), UTF_8);
        assertTrue(ended, () -> "python goes on: " + log);
        assertEquals(0, process.exitValue(), log);
    }

    private String keyFile() throws IOException {
        Path file = folder.resolve("key");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, KEY);
        }
        return file.toString();
    }

    // ---------------------------------------------------------------- with each other

    @Test
    void noneIsAValueThatComesLikeAnyOther() {
        try (PythonListener listener = PythonListener.listen("tcp://localhost:0");
                PythonConnection bob = PythonClient.connect(listener.address().toString());
                PythonConnection alice = listener.accept()) {
            assertFalse(alice.hasNext(Duration.ZERO));
            bob.send(null);
            bob.sendBytes(Message.utf8("raw"));

            assertTrue(alice.hasNext(SOON));
            assertNull(alice.receive());
            assertTrue(alice.hasNext(SOON));
            assertTrue(alice.hasNext(Duration.ZERO));
            assertEquals(Message.utf8("raw"), alice.receiveBytes());
        }
    }

    @Test
    void whatIsNoPickleIsConsumedAndTheConnectionGoesOn() {
        try (PythonListener listener = PythonListener.listen("uds://" + folder.resolve("s"));
                PythonConnection bob = PythonClient.connect(listener.address().toString());
                PythonConnection alice = listener.accept()) {
            bob.sendBytes(Message.utf8("cos\nsystem\n."));
            bob.send(1);

            CodecException refused = assertThrows(CodecException.class, alice::receive);
            assertTrue(refused.getMessage().startsWith("receive from uds://"), refused.getMessage());
            assertTrue(refused.getMessage().contains("os.system"), refused.getMessage());
            assertEquals(1, alice.receive());
        }
    }

    @Test
    void aKeyAgainstAListenerWithoutOneFailsWithinItsTime() {
        try (PythonListener listener = PythonListener.listen("tcp://localhost:0")) {
            Address address = listener.address();

            assertThrows(
                    ConnectFailedException.class, () -> PythonClient.connect(address, Duration.ofMillis(200), KEY));

            listener.accept().close();
            assertTrue(listener.accept(Duration.ofMillis(20)).isEmpty());
        }
    }

    @Test
    void otherSchemesAreRefused() {
        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> PythonListener.listen("tls://localhost:0"));

        assertTrue(refused.getMessage().contains("uds:// and tcp://"), refused.getMessage());
        assertThrows(InvalidAddressException.class, () -> PythonClient.connect("tcp://localhost:1?no-such=1"));
    }
}
