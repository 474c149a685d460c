package org.ipckit.sharedmemory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The peers in Python and C, which echo, against ours: bytes go both ways, and either side sleeps and is woken. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherLanguagesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Path INTEROP = Path.of("interop").toAbsolutePath();

    private final SharedMemoryTransport transport = new SharedMemoryTransport();

    @TempDir
    private Path folder;

    private Process peer;

    /** The languages, and how their echo is started. */
    enum Language {
        PYTHON {
            @Override
            List<String> command(Path folder) {
                Required.program("python3");
                return List.of("python3", INTEROP.resolve("ipckit_shm.py").toString(), "echo");
            }
        },
        C {
            @Override
            List<String> command(Path folder) throws IOException, InterruptedException {
                Required.program("cc");
                Path program = folder.resolve("echo");
                Process compiler = new ProcessBuilder(
                                "cc",
                                "-std=gnu11",
                                "-O2",
                                "-Wall",
                                "-Wextra",
                                "-Werror",
                                "-o",
                                program.toString(),
                                INTEROP.resolve("echo.c").toString())
                        .redirectErrorStream(true)
                        .start();
                String said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
                assertEquals(0, compiler.waitFor(), said);
                return List.of(program.toString());
            }
        };

        abstract List<String> command(Path folder) throws IOException, InterruptedException;
    }

    private Address address() {
        return Address.parse("shm://" + folder.resolve("s") + "?capacity=64KiB&dir=" + folder);
    }

    private BufferedReader start(List<String> command) throws IOException {
        peer = new ProcessBuilder(Stream.concat(
                                command.stream(), Stream.of(folder.resolve("s").toString()))
                        .toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return peer.inputReader(UTF_8);
    }

    @AfterEach
    void endPeer() {
        if (peer != null) {
            peer.destroyForcibly();
            peer.onExit().join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfAllSizesComeBackAsTheyWent(Language language) throws Exception {
        try (Listener listener = transport.listen(address())) {
            BufferedReader said = start(language.command(folder));
            int count;
            try (Connection connection = listener.accept(SOON).orElseThrow()) {
                count = echoes(connection);
                connection.send(Message.utf8("last words"));
                assertEquals(
                        Message.utf8("last words"), connection.receive(SOON).orElseThrow());
            }
            assertEquals("closed after " + (count + 1), said.readLine());
            assertEquals(0, peer.waitFor());
        }
    }

    @Test
    void aListenerInPythonTakesOurClient() throws Exception {
        Required.program("python3");
        BufferedReader said =
                start(List.of("python3", INTEROP.resolve("ipckit_shm.py").toString(), "listen"));
        assertEquals("listening", said.readLine());

        int count;
        try (Connection connection = transport.connect(address(), SOON)) {
            count = echoes(connection);
        }

        assertEquals("closed after " + count, said.readLine());
        assertEquals(0, peer.waitFor());
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static int echoes(Connection connection) throws Exception {
        Random random = new Random(5);
        int count = 0;
        for (int size : new int[] {0, 1, 55, 56, 57, 1000, 16_376, 16_377, 100_000, 3 << 20}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            requireEcho(connection, Message.of(bytes));
            count++;
        }
        for (int number = 0; number < 3000; number++) {
            if (number % 300 == 0) {
                // Both sides are asleep by then.
                TimeUnit.MILLISECONDS.sleep(60);
            }
            byte[] bytes = new byte[random.nextInt(number % 10 == 0 ? 9000 : 100)];
            random.nextBytes(bytes);
            requireEcho(connection, Message.of(bytes));
            count++;
        }
        return count;
    }

    private static void requireEcho(Connection connection, Message message) throws Exception {
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> connection.send(message));
        assertEquals(message, connection.receive(SOON).orElseThrow());
        sending.get();
    }

    @ParameterizedTest
    @EnumSource
    void manyMessagesUnderWayKeepTheirOrder(Language language) throws Exception {
        int count = 20_000;
        try (Listener listener = transport.listen(address())) {
            start(language.command(folder));
            try (Connection connection = listener.accept(SOON).orElseThrow()) {
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                    for (int number = 0; number < count; number++) {
                        connection.send(Message.utf8("number " + number));
                    }
                });
                for (int number = 0; number < count; number++) {
                    assertEquals(
                            "number " + number,
                            connection.receive(SOON).orElseThrow().toUtf8());
                }
                sending.get();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatIsKilledIsALoss(Language language) throws Exception {
        try (Listener listener = transport.listen(address())) {
            start(language.command(folder));
            try (Connection connection = listener.accept(SOON).orElseThrow()) {
                requireEcho(connection, Message.utf8("alive"));

                peer.destroyForcibly();

                ConnectionClosedException end =
                        assertThrows(ConnectionClosedException.class, () -> connection.receive(SOON));
                assertEquals(By.LOSS, end.by());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aJvmThatIsKilledIsALossForThem(Language language) throws Exception {
        try (OtherJvm other = OtherJvm.run(Listening.class, address().toUri())) {
            assertEquals("listening", other.line());
            BufferedReader said = start(language.command(folder));
            assertEquals("echoed", other.line());

            other.kill();

            String end = said.readLine();
            assertTrue(end.startsWith("lost after 1"), end);
        }
    }

    /** Listens, hears one echo, and stays. */
    static final class Listening {

        private Listening() {}

        public static void main(String[] args) throws IOException {
            try (Listener listener = new SharedMemoryTransport().listen(Address.parse(args[0]))) {
                System.out.println("listening");
                try (Connection connection = listener.accept(SOON).orElseThrow()) {
                    connection.send(Message.utf8("hello"));
                    if (connection.receive(SOON).isPresent()) {
                        System.out.println("echoed");
                    }
                    OtherJvm.awaitEnd();
                }
            }
        }
    }
}
