package org.ipckit.pipes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connecting does and what the options say. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeTransportTest extends PipeFixture {

    private static final String LIMIT_FILE = "/proc/sys/fs/pipe-max-size";

    @Test
    void itIsFoundAndWorksHere() {
        assertTrue(ServiceLoader.load(Mechanism.class).stream()
                .anyMatch(provider -> provider.type().equals(PipeTransport.class)));
        assertEquals("pipe", transport.scheme());
        assertEquals(Availability.yes(), transport.availability());
    }

    @Test
    void oneTryReachesAListenerThatIsThere() {
        try (Listener listener = transport.listen(at(""));
                Connection near = transport.connect(at(""), Duration.ZERO);
                Connection far = listener.accept()) {
            near.send(Message.utf8("at once"));
            assertEquals(Message.utf8("at once"), far.receive());
        }
    }

    @Test
    void whyNobodyAnswersIsSaid() throws IOException {
        ConnectFailedException nobody =
                assertThrows(ConnectFailedException.class, () -> transport.connect(at(""), Duration.ZERO));
        assertTrue(nobody.getMessage().contains("there is no " + file()), nobody.getMessage());

        NamedPipe.create(file());
        ConnectFailedException dead =
                assertThrows(ConnectFailedException.class, () -> transport.connect(at(""), Duration.ZERO));
        assertTrue(dead.getMessage().contains("by a listener that is gone"), dead.getMessage());
        assertEquals(List.of("p"), files());
    }

    @Test
    void aListenerWithoutRoomAnswersWhenItHasRoom() {
        List<Connection> open = new ArrayList<>();
        try (Listener listener = transport.listen(at(""))) {
            ConnectFailedException full = assertThrows(ConnectFailedException.class, () -> {
                while (open.size() < 1000) {
                    open.add(transport.connect(at(""), Duration.ofMillis(500)));
                }
            });
            assertTrue(full.getMessage().contains("has not answered"), full.getMessage());
            eventually("nothing of the one that gave up", () -> files().size() == 3);

            for (int count = open.size(); count > 0; count--) {
                open.add(listener.accept());
            }
            requireWorking(listener);
        } finally {
            open.forEach(Connection::close);
        }
    }

    @Test
    void pipeSizeIsHowMuchFitsIn() throws IOException {
        int limit = limit();
        assertEquals(64 << 10, fittingIn("", ""), 4096);
        assertEquals(4 << 10, fittingIn("?pipe-size=4KiB", ""), 4096);
        assertEquals(limit, fittingIn("?pipe-size=" + limit, ""), 4096);
        assertEquals(limit, fittingIn("", "?pipe-size=" + limit), 4096);
        assertEquals(limit, fittingIn("?pipe-size=4KiB", "?pipe-size=" + limit), 4096);
    }

    /** Returns how many bytes a client may send before anybody reads. */
    private int fittingIn(String listenersOptions, String clientsOptions) {
        try (Listener listener = transport.listen(at(listenersOptions));
                Connection near = transport.connect(at(clientsOptions), SOON);
                Connection far = listener.accept()) {
            assertTrue(far.isOpen());
            ByteBuffer frame = ByteBuffer.allocateDirect(1020);
            int bytes = 0;
            while (near.offer(frame, Duration.ZERO)) {
                bytes += 1024;
            }
            return bytes;
        }
    }

    @Test
    void aPipeSizeBeyondTheSystemsLimitNamesTheLimit() throws IOException {
        Address address = at("?pipe-size=" + (limit() + 1));

        InvalidAddressException refused = assertThrows(InvalidAddressException.class, () -> transport.listen(address));

        assertTrue(refused.getMessage().contains(String.valueOf(limit())), refused.getMessage());
        assertTrue(refused.getMessage().contains(LIMIT_FILE), refused.getMessage());
        assertThrows(InvalidAddressException.class, () -> transport.connect(address, SOON));
        assertThrows(InvalidAddressException.class, () -> transport.capabilities(address));
        assertEquals(List.of(), files());
    }

    private static int limit() throws IOException {
        try (FileInputStream file = new FileInputStream(LIMIT_FILE)) {
            return Integer.parseInt(new String(file.readAllBytes(), US_ASCII).strip());
        }
    }

    @Test
    void whoHasTheKeyIsLetIn() throws IOException {
        Path key = Files.createFile(
                folder.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, "secret");
        Path wrong = Files.copy(key, folder.resolve("wrong"));
        Files.writeString(wrong, "guess");
        try (Listener listener = transport.listen(at("?authkey-file=" + key))) {
            assertThrows(RuntimeException.class, () -> transport.connect(at("?authkey-file=" + wrong), SOON));
            assertTrue(listener.accept(Duration.ZERO).isEmpty());

            try (Connection near = transport.connect(at("?authkey-file=" + key), SOON);
                    Connection far = listener.accept()) {
                near.send(Message.utf8("let in"));
                assertEquals(Message.utf8("let in"), far.receive());
            }
        }
    }

    @Test
    void anOptionItDoesNotHaveIsRefusedWithThoseItHas() {
        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> transport.listen(at("?mode=666")));

        assertTrue(
                refused.getMessage().contains("authkey-file, buffer, max-message, pipe-size, wait"),
                refused.getMessage());
    }
}
