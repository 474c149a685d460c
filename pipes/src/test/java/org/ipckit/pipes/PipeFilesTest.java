package org.ipckit.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which files a listener and its connections make, whose they are, and which ones they leave alone. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeFilesTest extends PipeFixture {

    @Test
    void everyFileIsForItsOwnerOnly() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            assertEquals(at(""), listener.address());
            assertEquals("rw-------", mode("p"));
            assertEquals("rw-------", mode("p.owner"));
            assertEquals("rwx------", mode("p.pairs"));

            Stranger stranger = new Stranger(file());
            assertEquals(
                    "rw-------", mode("p.pairs/" + stranger.pair().toClient().getFileName()));
            assertEquals(
                    "rw-------", mode("p.pairs/" + stranger.pair().toListener().getFileName()));
        }
    }

    @Test
    void aConnectionHasNoFileOnceBothSidesHaveIt() throws IOException {
        Listener listener = transport.listen(at(""));
        try (Connection near = transport.connect(at(""), SOON);
                Connection far = listener.accept()) {
            assertEquals(List.of("p", "p.owner", "p.pairs"), files());
            listener.close();
            assertEquals(List.of(), files());

            near.send(Message.utf8("still"));
            assertEquals(Message.utf8("still"), far.receive());
            far.send(Message.utf8("here"));
            assertEquals(Message.utf8("here"), near.receive());
        }
    }

    @Test
    void aNameLiesInTheRunDirectory() throws IOException {
        Address address = Address.parse("pipe://ipckit-test-"
                + ProcessHandle.current().pid() + "-" + Long.toHexString(new Random().nextLong()));
        try (Listener listener = transport.listen(address);
                Connection near = transport.connect(address, SOON);
                Connection far = listener.accept()) {
            near.send(Message.utf8("by name"));
            assertEquals(Message.utf8("by name"), far.receive());
        }
    }

    @Test
    void aRegularFileIsNeverTouched() throws IOException {
        Files.writeString(file(), "precious");

        AddressInUseException refused = assertThrows(AddressInUseException.class, () -> transport.listen(at("")));
        ConnectFailedException notAFifo =
                assertThrows(ConnectFailedException.class, () -> transport.connect(at(""), SOON));

        assertTrue(refused.getMessage().contains("is not a FIFO and is left alone"), refused.getMessage());
        assertTrue(notAFifo.getMessage().contains("is not a FIFO"), notAFifo.getMessage());
        assertEquals("precious", Files.readString(file()));
        assertEquals(List.of("p"), files());
    }

    @Test
    void aFifoOfAnotherProgramIsNeitherRemovedNorWrittenTo() throws IOException {
        NamedPipe foreign = NamedPipe.create(file());
        try (PipeReader reader = foreign.openToRead(PipeReader.AtEnd.WAIT)) {
            AddressInUseException refused = assertThrows(AddressInUseException.class, () -> transport.listen(at("")));
            assertTrue(refused.getMessage().contains("no listener has made"), refused.getMessage());
            assertThrows(ConnectFailedException.class, () -> transport.connect(at(""), Duration.ofMillis(100)));

            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));
            assertEquals(List.of("p"), files());
        }
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = NamedPipe.create(folder.resolve("elsewhere")).path();
        Files.createSymbolicLink(file(), elsewhere);

        assertThrows(AddressInUseException.class, () -> transport.listen(at("")));
        assertThrows(ConnectFailedException.class, () -> transport.connect(at(""), SOON));

        assertTrue(Files.isSymbolicLink(file()));
        assertTrue(Files.exists(elsewhere));
    }

    @Test
    void aFolderOfPairsThatOthersMayUseIsRefused() throws IOException {
        Path pairs = Files.createDirectory(folder.resolve("p.pairs"));
        Files.setPosixFilePermissions(pairs, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThrows(AccessDeniedException.class, () -> transport.listen(at("")));

        assertEquals(List.of("p.pairs"), files());
    }

    @Test
    void aLiveListenerIsNamedByItsProcess() {
        try (Listener listener = transport.listen(at(""))) {
            AddressInUseException refused = assertThrows(AddressInUseException.class, () -> transport.listen(at("")));

            assertTrue(
                    refused.getMessage()
                            .contains("process " + ProcessHandle.current().pid()),
                    refused.getMessage());
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
        }
    }

    @Test
    void aNeighbourInTheFolderOfPairsStays() throws IOException {
        Listener listener = transport.listen(at(""));
        Files.writeString(folder.resolve("p.pairs/diary"), "private");

        listener.close();
        transport.listen(at("")).close();

        assertEquals(List.of("p.pairs", "p.pairs/diary"), files());
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
    }
}
