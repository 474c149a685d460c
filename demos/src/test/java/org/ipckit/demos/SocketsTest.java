package org.ipckit.demos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.demos.End.ALICE;
import static org.ipckit.demos.End.BOB;
import static org.ipckit.testkit.Eventually.eventually;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.demos.sockets.Alice;
import org.ipckit.demos.sockets.EchoClient;
import org.ipckit.demos.sockets.EchoServer;
import org.ipckit.sockets.PythonClient;
import org.ipckit.sockets.PythonConnection;
import org.ipckit.testkit.Required;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SocketsTest extends PairFixture {

    private static final byte[] KEY = "Do not let eve find us!".getBytes(UTF_8);

    SocketsTest() {
        super(Pair.SOCKETS);
    }

    private Path socket() {
        return folder.resolve("s");
    }

    /** Not at port 6000, where somebody else may be. */
    private String place(Language language) {
        return language == Language.JAVA ? "uds://" + socket() : socket().toString();
    }

    @ParameterizedTest
    @CsvSource({"JAVA, JAVA", "JAVA, PYTHON", "PYTHON, JAVA", "JAVA, C", "C, PYTHON", "PYTHON, C"})
    void aliceAndBobSayTheSameWhateverLanguageEachIsWrittenIn(Language ofAlice, Language ofBob) throws Exception {
        try (Program alice = start(ALICE, ofAlice, place(ofAlice))) {
            eventually("she listens", () -> Files.exists(socket()));

            Program bob = run(BOB, ofBob, place(ofBob));

            assertEquals(0, bob.awaitEnd(), bob.err());
            assertEquals(golden(BOB), bob.out());
            assertEquals(0, alice.awaitEnd(), alice.err());
            assertEquals(golden(ALICE), alice.out());
        }
    }

    /** In this JVM: what happens to her is not about processes. */
    @Test
    void nobodyWithoutTheKeyOrMannersStopsAlice() throws Exception {
        Thread alice = new Thread(() -> Alice.main(new String[] {place(Language.JAVA)}));
        alice.start();

        assertThrows(AccessDeniedException.class, () -> PythonClient.connect(address(), patience(), (byte) 'e'));
        connect().close();
        try (PythonConnection garbage = connect()) {
            garbage.sendBytes(Message.utf8("cos\nsystem\n(Vtouch eve\ntR."));
            assertThrows(ConnectionClosedException.class, garbage::receive);
        }
        Message noIdea = Message.utf8("I have no idea what you want me to do");
        assertEquals(noIdea, answer(List.of(1)));
        assertEquals(noIdea, answer(List.of("a", "b")));
        assertEquals(noIdea, answer(null));
        assertEquals(9.0, answer(List.of(1.5, 6)));
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
        return PythonClient.connect(address(), patience(), KEY);
    }

    private Address address() {
        return Address.parse(place(Language.JAVA));
    }

    @ParameterizedTest
    @CsvSource({"JAVA, PYTHON", "PYTHON, C", "C, JAVA"})
    void anEchoServerSendsBackToClientsInAnyLanguage(Language ofServer, Language ofClient) throws Exception {
        try (Program server = echo("server", ofServer, "0")) {
            server.awaitOut("echoing at port ");
            eventually("the line is whole", () -> said(server).endsWith("\n"));
            String port = said(server).replace("echoing at port ", "").trim();

            Program client = echo("client", ofClient, port, "echo, please");

            assertEquals(0, client.awaitEnd(), client.err());
            assertEquals("echo, please\n", client.out());
        }
    }

    private static String said(Program program) {
        try {
            return program.out();
        } catch (IOException refused) {
            return refused.toString();
        }
    }

    private Program echo(String role, Language language, String... arguments) throws Exception {
        Required.program("python3");
        Required.program("cc");
        Path source = Path.of(language.toString(), "sockets_echo_" + role).toAbsolutePath();
        List<String> command = new ArrayList<>(
                switch (language) {
                    case JAVA -> Launcher.java((role.equals("server") ? EchoServer.class : EchoClient.class).getName());
                    case PYTHON -> List.of("python3", source + ".py");
                    case C -> List.of(compiled(source + ".c"));
                });
        command.addAll(List.of(arguments));
        return Program.start(folder, command);
    }

    private String compiled(String source) throws Exception {
        String program = folder.resolve("echo").toString();
        Program compiler = Program.start(folder, List.of("cc", "-std=gnu11", "-O1", "-o", program, source));
        assertEquals(0, compiler.awaitEnd(), compiler.err());
        return program;
    }
}
