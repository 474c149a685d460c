package org.ipckit.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipckit.testkit.Required;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Python's {@code multiprocessing.connection} is a peer as it is; with a key, that of 3.12 and later. */
@Timeout(60)
class PythonPeerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String KEY = "Do not let eve find us!";

    @TempDir
    private Path folder;

    @BeforeEach
    void python() {
        Required.program("python3");
    }

    @Test
    void aPythonClientTalksToUdsAsItIs() throws Exception {
        try (Listener listener = listen("")) {
            Process bob = python(
                    """
                    c = Client(sys.argv[1], 'AF_UNIX')
                    c.send_bytes(b'hello from python')
                    assert c.recv_bytes() == b'x' * 100000
                    """);
            try (Connection accepted = listener.accept(SOON).orElseThrow()) {
                assertEquals(Message.utf8("hello from python"), accepted.receive());
                accepted.send(Message.utf8("x".repeat(100_000)));
                assertEnds(bob, 0);
            }
        }
    }

    @Test
    void aPythonClientWithTheKeyIsLetIn() throws Exception {
        try (Listener listener = listen("?authkey-file=" + keyFile(KEY))) {
            Process bob = python(
                    """
                    c = Client(sys.argv[1], 'AF_UNIX', authkey=b'Do not let eve find us!')
                    c.send_bytes(b'it is me')
                    assert c.recv_bytes() == b'welcome'
                    """);
            try (Connection accepted = listener.accept(SOON).orElseThrow()) {
                assertEquals(Message.utf8("it is me"), accepted.receive());
                accepted.send(Message.utf8("welcome"));
                assertEnds(bob, 0);
            }
        }
    }

    @Test
    void aPythonClientWithAnotherKeyIsRefusedAndTheListenerLivesOn() throws Exception {
        try (Listener listener = listen("?authkey-file=" + keyFile(KEY))) {
            assertEnds(
                    python(
                            """
                    try:
                        Client(sys.argv[1], 'AF_UNIX', authkey=b'eve')
                    except AuthenticationError:
                        sys.exit(7)
                    """),
                    7);
            assertEnds(python("Client(sys.argv[1], 'AF_UNIX', authkey=b'Do not let eve find us!')"), 0);
            assertTrue(listener.accept(SOON).isPresent());
        }
    }

    @Test
    void aPythonListenerTakesOurConnection() throws Exception {
        Process alice = python(
                """
                with Listener(sys.argv[1], 'AF_UNIX', authkey=b'Do not let eve find us!') as l:
                    with l.accept() as c:
                        c.send_bytes(c.recv_bytes().upper())
                """);
        try (Connection connection = Transports.registry().connect(address("?authkey-file=" + keyFile(KEY)), SOON)) {
            connection.send(Message.utf8("shout"));
            assertEquals(Message.utf8("SHOUT"), connection.receive());
        }
        assertEnds(alice, 0);
    }

    @Test
    void aPythonListenerWithAnotherKeyIsAccessDenied() throws Exception {
        Process alice = python(
                """
                with Listener(sys.argv[1], 'AF_UNIX', authkey=b'eve') as l:
                    try:
                        l.accept()
                    except AuthenticationError:
                        sys.exit(7)
                """);
        Address address = address("?authkey-file=" + keyFile(KEY));
        AccessDeniedException refused = assertThrows(
                AccessDeniedException.class, () -> Transports.registry().connect(address, SOON));
        assertTrue(refused.getMessage().contains("authkey-file"), refused.getMessage());
        assertEnds(alice, 7);
    }

    private Listener listen(String options) {
        return Transports.registry().listen(address(options));
    }

    private Address address(String options) {
        return Address.parse("uds://" + folder.resolve("s") + options);
    }

    private Process python(String lines) throws IOException {
        String program = "import sys\nimport python312\nfrom multiprocessing import AuthenticationError\n"
                + "from multiprocessing.connection import Client, Listener\n" + lines;
        ProcessBuilder python = new ProcessBuilder(
                "python3", "-B", "-c", program, folder.resolve("s").toString());
        python.environment().put("PYTHONPATH", Resources.folder().toString());
        return python.redirectErrorStream(true)
                .redirectOutput(folder.resolve("python.log").toFile())
                .start();
    }

    private void assertEnds(Process process, int exitCode) throws Exception {
        boolean ended = process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly().waitFor();
        String log = Files.readString(folder.resolve("python.log"), UTF_8);
        assertTrue(ended, () -> "python goes on: " + log);
        assertEquals(exitCode, process.exitValue(), log);
    }

    private Path keyFile(String key) throws IOException {
        Path file = folder.resolve("key");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, key + "\n");
    }
}
