package org.ipckit.signals;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The peers in {@code interop}, which are written after the README and know nothing of this code. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InteropTest {

    private static final Path INTEROP = Path.of("interop");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int[] SIZES = {0, 1, 3, 4, 5, 10, 11, 12, 18, 19, 64, 1000, 5000, 65_536};

    private final SignalTransport transport = new SignalTransport();

    @TempDir
    private Path folder;

    /** The languages that they are written in. */
    enum Language {
        PYTHON {
            @Override
            List<String> command(Path folder) {
                Required.program("python3");
                return List.of("python3", INTEROP.resolve("peer.py").toString());
            }
        },
        C {
            @Override
            List<String> command(Path folder) throws IOException, InterruptedException {
                Required.program("gcc");
                String program = folder.resolve("peer").toString();
                try (Jvm compiler = Jvm.run(
                        "gcc",
                        "-std=c11",
                        "-O2",
                        "-Wall",
                        "-Wextra",
                        "-Werror",
                        "-o",
                        program,
                        INTEROP.resolve("peer.c").toString())) {
                    assertEquals(0, compiler.awaitEnd());
                }
                return List.of(program);
            }
        };

        /** Returns what starts the peer, which is made in this folder if it has to be. */
        abstract List<String> command(Path folder) throws IOException, InterruptedException;
    }

    private Address address() {
        return Address.parse("signal://" + folder.resolve("c"));
    }

    private Jvm start(Language language, String role) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(language.command(folder));
        command.addAll(List.of(role, address().target()));
        return Jvm.run(command.toArray(String[]::new));
    }

    private static void requireEcho(Connection near) {
        for (int size : SIZES) {
            byte[] bytes = new byte[size];
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) (i * 31 + size);
            }
            near.send(Message.of(bytes));
            assertEquals(Message.of(bytes), near.receive(SOON).orElseThrow());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerConnectsAndSendsBackWhatComes(Language language) throws Exception {
        try (Listener listener = transport.listen(address());
                Jvm peer = start(language, "connect")) {
            try (Connection near = listener.accept(SOON).orElseThrow()) {
                requireEcho(near);
            }
            peer.awaitLine(SIZES.length + " messages");
            assertEquals(0, peer.awaitEnd());
            Receiver receiver = Receiver.ofThisJvm();
            eventually("its end to be free", () -> receiver.openEnds() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerListensAndSendsBackWhatComes(Language language) throws Exception {
        try (Jvm peer = start(language, "listen")) {
            peer.awaitLine("listening");
            try (Connection near = transport.connect(address(), SOON)) {
                requireEcho(near);
            }
            peer.awaitLine(SIZES.length + " messages");
            assertEquals(0, peer.awaitEnd());
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyMessagesCrossInBothDirections(Language language) throws Exception {
        try (Listener listener = transport.listen(address());
                Jvm peer = start(language, "connect")) {
            try (Connection near = listener.accept(SOON).orElseThrow()) {
                Message message = Message.of(new byte[500]);
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                    for (int count = 0; count < 300; count++) {
                        near.send(message);
                    }
                });
                for (int count = 0; count < 300; count++) {
                    assertEquals(message, near.receive(SOON).orElseThrow());
                }
                sending.join();
            }
            peer.awaitLine("300 messages");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPeerThatIsKilledIsNoticed(Language language) throws Exception {
        try (Listener listener = transport.listen(address());
                Jvm peer = start(language, "connect");
                Connection near = listener.accept(SOON).orElseThrow()) {
            near.send(Message.utf8("hello"));
            assertEquals(Message.utf8("hello"), near.receive(SOON).orElseThrow());

            peer.kill();

            ConnectionClosedException end = assertThrows(ConnectionClosedException.class, () -> near.receive(SOON));
            assertEquals(ConnectionClosedException.By.LOSS, end.by());
        }
    }
}
