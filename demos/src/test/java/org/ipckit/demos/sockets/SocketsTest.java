package org.ipckit.demos.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipckit.demos.End;
import org.ipckit.demos.Language;
import org.ipckit.demos.Launcher;
import org.ipckit.demos.Pair;
import org.ipckit.sockets.PythonClient;
import org.ipckit.sockets.PythonConnection;
import org.ipckit.testkit.Required;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alice and Bob of sockets say the same in every language, and with each other. */
@Timeout(120)
class SocketsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final byte[] KEY = "Do not let eve find us!".getBytes(UTF_8);

    private static final List<String> ALICE = List.of(
            "waiting for someone to ask for something",
            "Someone wants me to do something",
            "waiting for someone to ask for something",
            "Goodnight");
    private static final List<String> BOB = List.of("What is 8 * 8? Why Alice told me it's 64");

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    private Path socket() {
        return folder.resolve("s");
    }

    private Process start(End end, Language language) throws IOException {
        String place = language == Language.JAVA ? "uds://" + socket() : socket().toString();
        return start(new Launcher(Path.of(""), folder).command(Pair.SOCKETS, end, language, List.of(place)));
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("DEMO_HURRY", "20");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private static List<String> saidUntilItsEnd(Process process) throws Exception {
        try (BufferedReader lines = process.inputReader(UTF_8);
                BufferedReader complaints = process.errorReader(UTF_8)) {
            List<String> said = lines.lines().toList();
            assertTrue(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS));
            assertEquals(
                    0, process.exitValue(), () -> complaints.lines().toList().toString());
            return said;
        }
    }

    @ParameterizedTest
    @CsvSource({"JAVA, JAVA", "JAVA, PYTHON", "PYTHON, JAVA", "JAVA, C", "C, PYTHON", "PYTHON, C"})
    void theySayWhatTheyAlwaysSay(Language ofAlice, Language ofBob) throws Exception {
        Required.program("python3");
        Required.program("cc");
        Process alice = start(End.ALICE, ofAlice);
        while (!Files.exists(socket())) {
            assertTrue(alice.isAlive(), "Alice has ended");
            TimeUnit.MILLISECONDS.sleep(10);
        }

        assertEquals(BOB, saidUntilItsEnd(start(End.BOB, ofBob)));

        assertEquals(ALICE, saidUntilItsEnd(alice));
    }

    /** In this JVM: what happens to her is not about processes. */
    @Test
    void nobodyWithoutTheKeyOrMannersStopsAlice() throws Exception {
        Thread alice = new Thread(() -> Alice.main(new String[] {"uds://" + socket()}));
        alice.start();

        assertThrows(AccessDeniedException.class, () -> PythonClient.connect(address(), SOON, (byte) 'e'));
        connect().close();
        try (PythonConnection garbage = connect()) {
            garbage.sendBytes(Message.utf8("cos\nsystem\n(Vtouch eve\ntR."));
            assertThrows(ConnectionClosedException.class, garbage::receive);
        }
        Message noIdea = Message.utf8("I have no idea what you want me to do");
        assertEquals(noIdea, answer(List.of(1)));
        assertEquals(noIdea, answer(List.of("a", "b")));
        assertEquals(noIdea, answer(null));
        assertEquals(9, answer(List.of(1.5, 6)) instanceof Double product ? product.intValue() : -1);
        assertEquals(Long.MAX_VALUE, answer(List.of(Long.MAX_VALUE, 1)));
        try (PythonConnection bob = connect()) {
            bob.send(Message.utf8("stop server"));
        }
        alice.join();
    }

    private Object answer(Object request) {
        try (PythonConnection client = connect()) {
            client.send(request);
            return client.receive();
        }
    }

    private PythonConnection connect() {
        return PythonClient.connect(address(), SOON, KEY);
    }

    private Address address() {
        return Address.parse("uds://" + socket());
    }

    @ParameterizedTest
    @CsvSource({"JAVA, PYTHON", "PYTHON, C", "C, JAVA"})
    void anEchoServerSendsBackToClientsInAnyLanguage(Language ofServer, Language ofClient) throws Exception {
        Required.program("python3");
        Required.program("cc");
        Process server = start(echo("server", ofServer, "0"));
        String said = server.inputReader(UTF_8).readLine();
        assertTrue(said != null && said.startsWith("echoing at port "), said);
        String port = said.replace("echoing at port ", "");

        assertEquals(List.of("echo, please"), saidUntilItsEnd(start(echo("client", ofClient, port, "echo, please"))));
    }

    private List<String> echo(String role, Language language, String... arguments) throws Exception {
        Path program = Path.of(language.toString(), "sockets_echo_" + role).toAbsolutePath();
        List<String> command = new ArrayList<>(
                switch (language) {
                    case JAVA ->
                        Launcher.java(role.equals("server") ? EchoServer.class.getName() : EchoClient.class.getName());
                    case PYTHON -> List.of("python3", program + ".py");
                    case C -> List.of(compiled(program + ".c"));
                });
        command.addAll(List.of(arguments));
        return command;
    }

    private String compiled(String source) throws Exception {
        String program = folder.resolve("echo").toString();
        Process compiler = start(List.of("cc", "-std=gnu11", "-O1", "-o", program, source));
        assertEquals(0, compiler.waitFor());
        return program;
    }
}
