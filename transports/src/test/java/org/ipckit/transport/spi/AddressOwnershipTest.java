package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AddressOwnershipTest {

    @TempDir
    Path folder;

    private Path file;
    private Path ownerFile;
    private Address address;

    @BeforeEach
    void names() {
        file = folder.resolve("a.test");
        ownerFile = folder.resolve("a.test.owner");
        address = Address.parse("test://" + file);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private String refusal(Path wanted) {
        return assertThrows(AddressInUseException.class, () -> AddressOwnership.take(address, wanted))
                .getMessage();
    }

    private static String attempt(Path wanted) throws Exception {
        try (Forked other = Forked.java(OwnerMain.class, "once", wanted.toString())) {
            String answer = other.hear();
            other.say("");
            assertEquals(0, other.exit());
            return answer;
        }
    }

    @Test
    void oneOwnsItAtATimeWithinAProcess() throws IOException {
        AddressOwnership first = AddressOwnership.take(address, file);
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertEquals("listen on " + address + ": process " + pid + " (this one) listens there", refusal(file));

        first.close();
        first.close();

        AddressOwnership.take(address, file).close();
        assertEquals(List.of(), files());
    }

    @Test
    void oneOwnsItAtATimeAmongProcesses() throws Exception {
        try (AddressOwnership here = AddressOwnership.take(address, file)) {
            assertFalse(here.isLeftover());
            assertEquals(
                    "listen on " + address + ": process "
                            + ProcessHandle.current().pid() + " listens there",
                    attempt(file));
        }

        assertEquals("taken", attempt(file));
        assertEquals(List.of(), files());
    }

    @Test
    void anotherWayToTheSameFileIsTheSameAddressAndDoesNotGiveTheLockBack() throws Exception {
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, folder);
        try (AddressOwnership here = AddressOwnership.take(address, file)) {
            assertTrue(refusal(link.resolve("a.test")).contains("(this one)"));

            assertTrue(attempt(file).contains("listens there"));
            assertFalse(here.isLeftover());
        }
    }

    @Test
    void itsFileIsPrivate() throws IOException {
        try (AddressOwnership here = AddressOwnership.take(address, file)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(ownerFile)));
            assertFalse(here.isLeftover());
        }
    }

    @Test
    void whatADeadOwnerLeftIsTheNextOnesToRemove() throws Exception {
        try (Forked other = Forked.java(OwnerMain.class, "once", file.toString())) {
            assertEquals("taken", other.hear());
            assertEquals("listen on " + address + ": process " + other.pid() + " listens there", refusal(file));
            other.kill();
        }
        assertEquals(List.of("a.test", "a.test.owner"), files());

        try (AddressOwnership here = AddressOwnership.take(address, file)) {
            assertTrue(here.isLeftover());
            Files.delete(file);
            Files.writeString(file, "new");
            here.made();
        }
        assertEquals(List.of(), files());
    }

    @Test
    void aFileThatNobodyOfOursMadeIsNoLeftoverAndStays() throws IOException {
        Files.writeString(file, "foreign");
        try (AddressOwnership here = AddressOwnership.take(address, file)) {
            assertFalse(here.isLeftover());
        }
        assertEquals("foreign", Files.readString(file));
    }

    @Test
    void aFileThatTookThePlaceOfOursStays() throws IOException {
        try (AddressOwnership here = AddressOwnership.take(address, file)) {
            Files.writeString(file, "ours");
            here.made();
            Files.move(file, folder.resolve("kept"));
            Files.writeString(file, "foreign");
        }
        assertEquals(List.of("a.test", "kept"), files());
    }

    @Test
    void anOwnerWhoseFileWasSweptAwayDoesNotRemoveTheNextOnes() throws Exception {
        AddressOwnership swept = AddressOwnership.take(address, file);
        Files.delete(ownerFile);
        try (Forked other = Forked.java(OwnerMain.class, "once", file.toString())) {
            assertEquals("taken", other.hear());

            swept.close();

            assertEquals(List.of("a.test", "a.test.owner"), files());
            assertTrue(refusal(file).contains("process " + other.pid()));
            other.say("");
            assertEquals(0, other.exit());
        }
        assertEquals(List.of(), files());
    }

    @Test
    void withoutAFolderItIsRefusedWithItsName() {
        Path nowhere = folder.resolve("absent").resolve("a.test");
        AccessDeniedException refused =
                assertThrows(AccessDeniedException.class, () -> AddressOwnership.take(address, nowhere));

        assertTrue(refused.getMessage().contains("there is no folder " + nowhere.getParent()), refused.getMessage());
    }

    @Test
    void whatCannotBeMadeGivesTheAddressBack() throws IOException {
        assertThrows(
                org.ipckit.transport.MechanismException.class,
                () -> AddressOwnership.taking(address, file, taken -> {
                    throw new IOException("no");
                }));

        AddressOwnership.take(address, file).close();
        assertEquals(List.of(), files());
    }

    @Test
    void noTwoProcessesOwnItAtATimeHoweverOftenItIsTakenAndLeft() throws Exception {
        List<Forked> others = new ArrayList<>();
        try {
            for (int each = 0; each < 4; each++) {
                others.add(Forked.java(OwnerMain.class, "often", file.toString(), "300"));
            }
            for (Forked other : others) {
                assertEquals("taken 300 times", other.hear());
                assertEquals(0, other.exit());
            }
        } finally {
            others.forEach(Forked::close);
        }
        assertEquals(List.of(), files());
    }
}
