package org.ipckit.sockets;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpTransportTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Address ANY_PORT = Address.parse("tcp://127.0.0.1:0");

    private final TcpTransport transport = new TcpTransport();

    @TempDir
    private Path folder;

    @Test
    void portZeroReadsBackAsThePortThatWasBound() {
        try (Listener listener = transport.listen(ANY_PORT);
                Connection connection = transport.connect(listener.address(), SOON);
                Connection accepted = listener.accept()) {
            assertNotEquals(ANY_PORT, listener.address());
            connection.send(Message.utf8("hello"));
            assertEquals(Message.utf8("hello"), accepted.receive());
            assertEquals(Reach.NETWORK, connection.capabilities().reach());
        }
    }

    /** More than the kernel takes at the other end stays at this one, and a reset would drop it. */
    @Test
    void lastWordsArriveThoughThePeerStillTalks() {
        for (int round = 0; round < 5; round++) {
            try (Listener listener = transport.listen(ANY_PORT)) {
                Connection connection = transport.connect(listener.address(), SOON);
                int count = 0;
                while (connection.offer(Message.of(new byte[60_000]).asByteBuffer(), Duration.ZERO)) {
                    count++;
                }
                CompletableFuture<Void> closing = CompletableFuture.runAsync(connection::close);
                try (Connection accepted = listener.accept()) {
                    for (int number = 0; number < count; number++) {
                        accepted.offer(Message.utf8("and another thing").asByteBuffer(), Duration.ZERO);
                        assertEquals(60_000, accepted.receive().size());
                    }
                    assertEquals(
                            By.PEER,
                            assertThrows(ConnectionClosedException.class, () -> accepted.receive(SOON))
                                    .by());
                }
                closing.join();
            }
        }
    }

    @Test
    void aConnectionThatIsClosedIsGivenBackThoughThePeerStays() throws IOException {
        try (ServerSocket peers = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Connection connection = transport.connect(Address.parse("tcp://127.0.0.1:" + peers.getLocalPort()), SOON);
            try (Socket peer = peers.accept()) {
                connection.close();

                assertEquals(-1, peer.getInputStream().read());
                eventually("the kernel to answer with a reset", () -> {
                    try {
                        peer.getOutputStream().write(1);
                        return false;
                    } catch (IOException reset) {
                        return true;
                    }
                });
            }
        }
    }

    @Test
    void anIpv6AddressStandsInBrackets() {
        try (Listener listener = transport.listen(Address.parse("tcp://[::1]:0"));
                Connection connection = transport.connect(listener.address(), SOON)) {
            assertTrue(listener.address().toString().startsWith("tcp://[::1]:"), () -> listener.address()
                    .toString());
            assertTrue(connection.isOpen());
        }
    }

    @Test
    void aPortInUseIsSaidToBe() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AddressInUseException refused = assertThrows(
                    AddressInUseException.class,
                    () -> transport.listen(Address.parse("tcp://127.0.0.1:" + other.getLocalPort())));
            assertTrue(refused.getMessage().contains(String.valueOf(other.getLocalPort())), refused.getMessage());
        }
    }

    @Test
    void beyondLoopbackItListensOnlyWithAKeyOrOnDemand() throws IOException {
        AccessDeniedException refused =
                assertThrows(AccessDeniedException.class, () -> transport.listen(Address.parse("tcp://0.0.0.0:0")));
        assertTrue(refused.getMessage().contains("insecure=true"), refused.getMessage());

        Path key = Files.createFile(
                folder.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, "secret");
        transport.listen(Address.parse("tcp://0.0.0.0:0?authkey-file=" + key)).close();
        transport.listen(Address.parse("tcp://0.0.0.0:0?insecure=true")).close();
    }

    @Test
    void nobodyThereIsSaidWithinTheTimeout() throws IOException {
        Address nobody = whereNobodyListens();

        ConnectFailedException failed =
                assertThrows(ConnectFailedException.class, () -> transport.connect(nobody, Duration.ofMillis(200)));
        assertTrue(failed.getMessage().contains("within 200 ms"), failed.getMessage());
    }

    @Test
    void aSocketThatReachesItselfIsNobody() throws IOException {
        // Trying a free port of the callers' range again and again ends, sooner or later, on a socket that has that
        // port itself; the connection must not be taken for a peer's.
        Address unusedCallersPort = whereNobodyListens();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThrows(
                    ConnectFailedException.class, () -> transport.connect(unusedCallersPort, Duration.ofMillis(300)));
        }
    }

    private static Address whereNobodyListens() throws IOException {
        try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Address.parse("tcp://127.0.0.1:" + once.getLocalPort());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://name",
                "tcp://127.0.0.1",
                "tcp://127.0.0.1:70000",
                "tcp://:1",
                "tcp:./x",
                "tcp://::1:5",
                "tcp://no.such.host.invalid:5"
            })
    void anAddressThatIsNotAHostAndAPortIsRefused(String address) {
        assertThrows(InvalidAddressException.class, () -> transport.listen(Address.parse(address)));
        assertThrows(InvalidAddressException.class, () -> transport.connect(Address.parse(address), SOON));
    }

    @Test
    void aKeyFileThatOthersMayReadIsRefusedWithTheRemedy() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "secret");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        AccessDeniedException refused = assertThrows(
                AccessDeniedException.class,
                () -> transport.listen(ANY_PORT.withOption("authkey-file", key.toString())));
        assertTrue(refused.getMessage().contains("chmod 600 " + key), refused.getMessage());
    }
}
