package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnixTransportTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final UnixTransport transport = new UnixTransport();

    @TempDir
    private Path folder;

    private Address at(String name, String options) {
        return Address.parse("uds://" + folder.resolve(name) + options);
    }

    @Test
    void aSocketFileIsForItsOwnerOnly() throws IOException {
        try (Listener listener = transport.listen(at("s", ""))) {
            assertEquals("rw-------", mode("s"));
            assertEquals("rw-------", mode("s.owner"));
            assertEquals(at("s", ""), listener.address());
        }
    }

    @Test
    void modeOpensTheSocketFileToOthers() throws IOException {
        try (Listener listener = transport.listen(at("s", "?mode=666"))) {
            assertEquals("rw-rw-rw-", mode("s"));
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
        }
    }

    @Test
    void closingLeavesNothing() throws IOException {
        transport.listen(at("s", "")).close();

        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?provider=jnr"})
    void aStaleSocketIsReclaimed(String options) throws IOException {
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
        dead.close();
        assertTrue(Files.exists(folder.resolve("s")));

        try (Listener listener = transport.listen(at("s", options));
                Connection connection = transport.connect(at("s", options), SOON)) {
            assertTrue(connection.isOpen());
            assertTrue(listener.accept(SOON).isPresent());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?provider=jnr"})
    void aLiveSocketOfAnotherProgramIsRefusedAndLeftAlone(String options) throws IOException {
        try (ServerSocketChannel live = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            live.bind(UnixDomainSocketAddress.of(folder.resolve("s")));

            AddressInUseException refused =
                    assertThrows(AddressInUseException.class, () -> transport.listen(at("s", options)));
            assertTrue(refused.getMessage().contains("a live process listens there"), refused.getMessage());
            assertEquals(List.of("s"), files());
        }
    }

    @Test
    void aRegularFileIsNeverTouched() throws IOException {
        Files.writeString(folder.resolve("s"), "precious");

        AddressInUseException refused = assertThrows(AddressInUseException.class, () -> transport.listen(at("s", "")));
        ConnectFailedException notASocket =
                assertThrows(ConnectFailedException.class, () -> transport.connect(at("s", ""), SOON));

        assertTrue(refused.getMessage().contains("is not a socket and is left alone"), refused.getMessage());
        assertTrue(notASocket.getMessage().contains("is not a socket"), notASocket.getMessage());
        assertEquals("precious", Files.readString(folder.resolve("s")));
        assertEquals(List.of("s"), files());
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "precious");
        Files.createSymbolicLink(folder.resolve("s"), target);

        assertThrows(AddressInUseException.class, () -> transport.listen(at("s", "")));
        assertEquals("precious", Files.readString(target));
    }

    @Test
    void onlyOurOwnSocketFileIsRemoved() throws IOException {
        Listener listener = transport.listen(at("s", ""));
        Files.delete(folder.resolve("s"));
        Files.writeString(folder.resolve("s"), "somebody else's");

        listener.close();

        assertEquals("somebody else's", Files.readString(folder.resolve("s")));
        assertEquals(List.of("s"), files());
    }

    @Test
    void theSecondListenerIsToldWhoListens() {
        try (Listener first = transport.listen(at("s", ""))) {
            AddressInUseException refused =
                    assertThrows(AddressInUseException.class, () -> transport.listen(first.address()));
            assertTrue(
                    refused.getMessage()
                            .contains("process " + ProcessHandle.current().pid()),
                    refused.getMessage());
        }
    }

    @Test
    void aPathOf107BytesIsRefusedWithItsLengthAndTheLimit() {
        String name = "n".repeat(107 - folder.toString().length() - 1);

        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> transport.listen(at(name, "")));
        assertTrue(refused.getMessage().contains("107 bytes"), refused.getMessage());
        assertTrue(refused.getMessage().contains("at most 106"), refused.getMessage());
    }

    @Test
    void aPathOf106BytesWorks() {
        String name = "n".repeat(106 - folder.toString().length() - 1);

        try (Listener listener = transport.listen(at(name, ""));
                Connection connection = transport.connect(at(name, ""), SOON)) {
            assertTrue(connection.isOpen());
            assertTrue(listener.accept(SOON).isPresent());
        }
    }

    @Test
    void whoIsNotAllowedIsSentAwayAndTheListenerLivesOn() {
        try (Listener listener = transport.listen(at("s", "?allow=12345&mode=666"));
                Connection refused = transport.connect(at("s", ""), SOON)) {
            assertThrows(ConnectionClosedException.class, () -> refused.receive(SOON));
            assertTrue(listener.accept(Duration.ofMillis(50)).isEmpty());
        }
    }

    @Test
    void whoIsAllowedIsLetIn() throws IOException {
        long uid = ((Integer) Files.getAttribute(folder, "unix:uid")).longValue();
        try (Listener listener = transport.listen(at("s", "?mode=666&allow=12345," + uid));
                Connection connection = transport.connect(at("s", ""), SOON);
                Connection accepted = listener.accept()) {
            connection.send(Message.utf8("hello"));
            assertEquals(Message.utf8("hello"), accepted.receive());
            assertEquals(uid, accepted.peer().orElseThrow().uid().orElseThrow());
        }
    }

    @Test
    void jnrTellsThePeersPid() {
        try (Listener listener = transport.listen(at("s", "?provider=jnr"));
                Connection connection = transport.connect(at("s", ""), SOON);
                Connection accepted = listener.accept()) {
            Peer peer = accepted.peer().orElseThrow();
            assertEquals(ProcessHandle.current().pid(), peer.pid().orElseThrow());
            assertTrue(connection.peer().orElseThrow().pid().isEmpty(), "the JDK does not know it");
        }
    }

    @Test
    void anAbstractNameNeedsNoFile() {
        Address address =
                Address.parse("uds://@ipckit-test-" + ProcessHandle.current().pid());
        try (Listener listener = transport.listen(address);
                Connection connection = transport.connect(address, SOON);
                Connection accepted = listener.accept()) {
            connection.send(Message.utf8("no file"));
            assertEquals(Message.utf8("no file"), accepted.receive());
            assertThrows(AddressInUseException.class, () -> transport.listen(address));
        }
        transport.listen(address).close();
    }

    @Test
    void theJdkHasNoAbstractNamesAndSaysSo() {
        InvalidAddressException refused = assertThrows(
                InvalidAddressException.class, () -> transport.listen(Address.parse("uds://@name?provider=jdk")));
        assertTrue(refused.getMessage().contains("provider=jnr"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?mode=999", "?mode=rw", "?allow=root", "?provider=netty", "?mod=600"})
    void anOptionThatIsNotUnderstoodIsRefused(String options) {
        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> transport.listen(at("s", options)));
        assertTrue(refused.getMessage().contains(options.substring(1, 4)), refused.getMessage());
    }

    @Test
    void whatIsBufferedGoesOutWithFlush() {
        try (Listener listener = transport.listen(at("s", ""));
                Connection connection = transport.connect(at("s", "?buffer=4KiB"), SOON);
                Connection accepted = listener.accept()) {
            connection.send(Message.utf8("one"));
            connection.send(Message.utf8("two"));
            assertTrue(accepted.receive(Duration.ofMillis(50)).isEmpty());

            connection.flush();

            assertEquals(Message.utf8("one"), accepted.receive());
            assertEquals(Message.utf8("two"), accepted.receive());
        }
    }

    @Test
    void theWireIsALengthAndTheBody() throws IOException {
        try (ServerSocketChannel raw = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            raw.bind(UnixDomainSocketAddress.of(folder.resolve("s")));
            try (Connection connection = transport.connect(at("s", ""), SOON);
                    var channel = raw.accept()) {
                connection.send(Message.utf8("x"));

                var bytes = java.nio.ByteBuffer.allocate(5);
                while (bytes.hasRemaining()) {
                    assertFalse(channel.read(bytes) < 0);
                }
                assertArrayEquals(new byte[] {0, 0, 0, 1, 'x'}, bytes.array());
            }
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
