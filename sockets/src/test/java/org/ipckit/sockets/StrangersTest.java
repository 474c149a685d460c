package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who does not speak our protocol ends its own connection, and nobody else's. */
@Timeout(60)
class StrangersTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long SEED = 20261121;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"uds", "uds-jnr", "tcp"})
    void aLengthOfTwoGigabytesIsCorruptAndAllocatesNothing(String kind) throws IOException {
        try (Listener listener = listen(kind, "");
                SocketChannel stranger = raw(listener);
                Connection accepted = listener.accept()) {
            stranger.write(ByteBuffer.allocate(4).putInt(0, Integer.MAX_VALUE));

            CorruptMessageException corrupt = assertThrows(CorruptMessageException.class, () -> accepted.receive(SOON));
            assertTrue(corrupt.getMessage().contains("2147483647 bytes"), corrupt.getMessage());
            assertTrue(corrupt.getMessage().contains("at most 16777216"), corrupt.getMessage());
            assertServes(listener);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uds", "uds-jnr", "tcp"})
    void halfAFrameIsALoss(String kind) throws IOException {
        try (Listener listener = listen(kind, "");
                Connection accepted = afterStranger(listener, new byte[] {0, 0, 0, 9, 'h', 'a', 'l', 'f'})) {
            assertEquals(
                    By.LOSS,
                    assertThrows(ConnectionClosedException.class, () -> accepted.receive(SOON))
                            .by());
            assertServes(listener);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uds", "uds-jnr", "tcp"})
    void garbageEndsOnlyItsOwnConnection(String kind) throws IOException {
        Random random = new Random(SEED);
        try (Listener listener = listen(kind, "")) {
            for (int round = 0; round < 50; round++) {
                byte[] garbage = new byte[random.nextInt(4096)];
                random.nextBytes(garbage);
                try (Connection accepted = afterStranger(listener, garbage)) {
                    assertThrows(TransportException.class, () -> receiveAll(accepted));
                }
            }
            assertServes(listener);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uds", "uds-jnr", "tcp"})
    void connectAndCloseIsAPeerThatLeft(String kind) throws IOException {
        try (Listener listener = listen(kind, "");
                Connection accepted = afterStranger(listener, new byte[0])) {
            assertEquals(
                    By.PEER,
                    assertThrows(ConnectionClosedException.class, () -> accepted.receive(SOON))
                            .by());
            assertServes(listener);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uds", "uds-jnr", "tcp"})
    void fiftySilentStrangersDoNotKeepTheOneWithTheKeyOut(String kind) throws IOException {
        String key = "authkey-file=" + keyFile();
        List<SocketChannel> silent = new ArrayList<>();
        try (Listener listener = listen(kind, key)) {
            for (int stranger = 0; stranger < 50; stranger++) {
                silent.add(raw(listener));
            }
            assertServes(listener);
        } finally {
            for (SocketChannel stranger : silent) {
                stranger.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"uds", "uds-jnr", "tcp"})
    void garbageInTheHandshakeIsSentAway(String kind) throws IOException {
        try (Listener listener = listen(kind, "authkey-file=" + keyFile())) {
            for (byte[] garbage :
                    List.of(new byte[] {0x7f, 0, 0, 0}, new byte[] {0, 0, 0, 2, 'n', 'o'}, new byte[300])) {
                try (SocketChannel stranger = raw(listener)) {
                    stranger.write(ByteBuffer.wrap(garbage));
                    // What it is sent is our challenge, perhaps a refusal, then the end.
                    ByteBuffer answer = ByteBuffer.allocate(4096);
                    assertSentAway(stranger, answer);
                }
            }
            assertServes(listener);
        }
    }

    /** The read blocks until the listener ends the connection; the time-out of the test is for one that never does. */
    private static void assertSentAway(SocketChannel stranger, ByteBuffer answer) {
        int count = 0;
        while (count >= 0) {
            try {
                count = stranger.read(answer);
            } catch (IOException reset) {
                count = -1;
            }
            assertTrue(answer.hasRemaining(), "it is sent more than a challenge and a refusal");
        }
    }

    /** Random bytes may begin with something that looks like a message; then more is read, to the end. */
    private static void receiveAll(Connection connection) {
        boolean more = true;
        while (more) {
            more = connection.receive(SOON).isPresent();
        }
    }

    /** Has a stranger come, write, and go; returns the other end. */
    private static Connection afterStranger(Listener listener, byte[] bytes) throws IOException {
        try (SocketChannel stranger = raw(listener)) {
            stranger.write(ByteBuffer.wrap(bytes));
        }
        return listener.accept();
    }

    private static void assertServes(Listener listener) {
        try (Connection honest = Transports.registry().connect(listener.address(), SOON);
                Connection accepted = listener.accept(SOON).orElseThrow()) {
            honest.send(Message.utf8("still there?"));
            accepted.send(accepted.receive());
            assertEquals(Message.utf8("still there?"), honest.receive());
        }
    }

    private Listener listen(String kind, String option) {
        String address =
                switch (kind) {
                    case "uds" -> "uds://" + folder.resolve("s") + "?" + option;
                    case "uds-jnr" ->
                        "uds://" + folder.resolve("s") + "?provider=jnr" + (option.isEmpty() ? "" : "&" + option);
                    default -> "tcp://127.0.0.1:0?" + option;
                };
        return Transports.registry().listen(Address.parse(address));
    }

    private static SocketChannel raw(Listener listener) throws IOException {
        Address address = listener.address();
        SocketAddress where = address.scheme().equals("uds")
                ? UnixDomainSocketAddress.of(address.target())
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), port(address));
        return SocketChannel.open(where);
    }

    private static int port(Address address) {
        return Integer.parseInt(address.target().substring(address.target().lastIndexOf(':') + 1));
    }

    private Path keyFile() throws IOException {
        Path key = folder.resolve("key");
        if (!Files.exists(key)) {
            Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, "a key that no stranger has");
        }
        return key;
    }
}
