package org.ipckit.signals;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The peer in {@code interop/peer.py}, which is written after the README and knows nothing of this code. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InteropTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int[] SIZES = {0, 1, 3, 4, 5, 10, 11, 12, 18, 19, 64, 1000, 5000, 65_536};

    private final SignalTransport transport = new SignalTransport();

    @TempDir
    private Path folder;

    @BeforeEach
    void requirePython() {
        Required.program("python3");
    }

    private Address address() {
        return Address.parse("signal://" + folder.resolve("c"));
    }

    private Jvm python(String role) throws Exception {
        return Jvm.run(
                "python3",
                Path.of("interop", "peer.py").toString(),
                role,
                address().target());
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

    @Test
    void aPythonProgramConnectsAndSendsBackWhatComes() throws Exception {
        try (Listener listener = transport.listen(address());
                Jvm python = python("connect")) {
            try (Connection near = listener.accept(SOON).orElseThrow()) {
                requireEcho(near);
            }
            python.awaitLine(SIZES.length + " messages");
            assertEquals(0, python.awaitEnd());
            Receiver receiver = Receiver.ofThisJvm();
            eventually("its end to be free", () -> receiver.openEnds() == 0);
        }
    }

    @Test
    void aPythonProgramListensAndSendsBackWhatComes() throws Exception {
        try (Jvm python = python("listen")) {
            python.awaitLine("listening");
            try (Connection near = transport.connect(address(), SOON)) {
                requireEcho(near);
            }
            python.awaitLine(SIZES.length + " messages");
            assertEquals(0, python.awaitEnd());
        }
    }

    @Test
    void manyMessagesCrossInBothDirections() throws Exception {
        try (Listener listener = transport.listen(address());
                Jvm python = python("connect")) {
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
            python.awaitLine("300 messages");
        }
    }

    @Test
    void aPythonProgramThatIsKilledIsNoticed() throws Exception {
        try (Listener listener = transport.listen(address());
                Jvm python = python("connect");
                Connection near = listener.accept(SOON).orElseThrow()) {
            near.send(Message.utf8("hello"));
            assertEquals(Message.utf8("hello"), near.receive(SOON).orElseThrow());

            python.kill();

            ConnectionClosedException end = assertThrows(ConnectionClosedException.class, () -> near.receive(SOON));
            assertEquals(ConnectionClosedException.By.LOSS, end.by());
        }
    }
}
