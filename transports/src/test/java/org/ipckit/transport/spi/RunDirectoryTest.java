package org.ipckit.transport.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where names lie, and what is private. */
@Timeout(120)
class RunDirectoryTest {

    @TempDir
    Path folder;

    /** Says the file of an address, or why there is none, with the environment it was started in. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) {
            try {
                System.out.println(RunDirectory.file(Address.parse(arguments[0])));
            } catch (TransportException refused) {
                System.out.println(refused.getClass().getSimpleName() + " " + refused.getMessage());
            }
        }
    }

    private static String fileWith(String runtime, String address) throws Exception {
        try (Forked other = Forked.java(Map.of("XDG_RUNTIME_DIR", runtime), Main.class, address)) {
            String answer = other.hear();
            assertEquals(0, other.exit());
            return answer;
        }
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aNameLiesInThePrivateFolderBelowTheRuntimeDirectory() throws Exception {
        assertEquals(folder.resolve("ipckit/orders.uds").toString(), fileWith(folder.toString(), "uds://orders"));
        assertEquals("rwx------", mode(folder.resolve("ipckit")));
        assertEquals(folder.resolve("ipckit/a.b-c_1.shm").toString(), fileWith(folder.toString(), "shm://a.b-c_1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative"})
    void withoutARuntimeDirectoryANameLiesInTheUsersOwnBelowTmp(String runtime) throws Exception {
        assertEquals("/tmp/ipckit-" + PrivateFiles.uid() + "/orders.uds", fileWith(runtime, "uds://orders"));
        assertEquals("rwx------", mode(Path.of("/tmp/ipckit-" + PrivateFiles.uid())));
    }

    @Test
    void aRunDirectoryThatOthersMayUseIsRefused() throws Exception {
        Path squatted = Files.createDirectory(folder.resolve("ipckit"));
        mode(squatted, "rwxr-x---");

        String refusal = fileWith(folder.toString(), "uds://orders");

        assertTrue(refusal.startsWith("AccessDeniedException run directory " + squatted), refusal);
        assertTrue(refusal.contains("mode rwxr-x---"), refusal);
    }

    @Test
    void aPathIsThatPathAndNeedsNoRunDirectory() {
        assertEquals(Path.of("/srv/a.sock"), RunDirectory.file(Address.parse("uds:///srv/x/../a.sock")));
        assertEquals(Path.of("").toAbsolutePath().resolve("a"), RunDirectory.file(Address.parse("uds:./a")));
        assertEquals(Path.of("/srv/a b"), RunDirectory.file(Address.parse("uds:///srv/a%20b")));
        assertEquals(Path.of("/srv/..."), RunDirectory.file(Address.parse("uds:///srv/...")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uds:///",
                "uds:///srv/",
                "uds:///srv/..",
                "uds:///srv/.",
                "uds:./",
                "uds:../..",
                "uds:///a%00b",
                "uds://",
                "uds://a/b",
                "uds://a%00",
                "uds://.hidden",
                "uds://-x",
                "uds://é",
                "uds://a:b"
            })
    void whatIsNoFileNorANameIsRefused(String text) {
        Address address = Address.parse(text);
        InvalidAddressException refused = assertThrows(InvalidAddressException.class, () -> RunDirectory.file(address));

        assertTrue(refused.getMessage().startsWith(address.toString()), refused.getMessage());
    }

    // ---------------------------------------------------------------- private files

    @Test
    void aPrivateFolderIsMadeOrTakenAsItIs() throws IOException {
        Path made = PrivateFiles.folder(folder.resolve("made"));
        assertEquals("rwx------", mode(made));
        assertEquals(made, PrivateFiles.folder(made));
        mode(made, "r-x------");
        assertEquals(made, PrivateFiles.folder(made));
    }

    @Test
    void aLinkOrAFileInItsPlaceIsRefused() throws IOException {
        Path real = PrivateFiles.folder(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        Path file = Files.createFile(folder.resolve("file"), PrivateFiles.mode());

        assertTrue(refusal(link).contains("not a folder"), refusal(link));
        assertTrue(refusal(file).contains("not a folder"), refusal(file));
        assertTrue(refusal(folder.resolve("absent/ipckit")).contains("there is no " + folder.resolve("absent")));
    }

    private static String refusal(Path folder) {
        return assertThrows(AccessDeniedException.class, () -> PrivateFiles.folder(folder))
                .getMessage();
    }

    @Test
    void aKeyIsReadFromAPrivateFileWithoutItsLineEnd() throws IOException {
        Path file = Files.createFile(folder.resolve("key"), PrivateFiles.mode());
        for (String end : new String[] {"", "\n", "\r\n"}) {
            Files.writeString(file, " secret " + end);
            assertArrayEquals(
                    " secret ".getBytes(UTF_8),
                    AuthKey.read(Address.parse("uds://a"), file.toString()).bytes());
        }
        Files.writeString(file, "secret\n\n");
        assertArrayEquals(
                "secret\n".getBytes(UTF_8),
                AuthKey.read(Address.parse("uds://a"), file.toString()).bytes());
    }

    @Test
    void aKeyThatOthersMayReadOrThatIsNoneIsRefused() throws IOException {
        Address address = Address.parse("uds://a");
        Path file = Files.createFile(folder.resolve("key"), PrivateFiles.mode());
        assertThrows(InvalidAddressException.class, () -> AuthKey.read(address, file.toString()));
        Files.writeString(file, "\n");
        assertThrows(InvalidAddressException.class, () -> AuthKey.read(address, file.toString()));
        Files.write(file, new byte[(64 << 10) + 1]);
        assertThrows(InvalidAddressException.class, () -> AuthKey.read(address, file.toString()));
        assertThrows(InvalidAddressException.class, () -> AuthKey.read(address, folder.toString()));
        assertThrows(InvalidAddressException.class, () -> AuthKey.read(address, file + "-absent"));

        Files.writeString(file, "secret");
        mode(file, "rw-r-----");
        AccessDeniedException refused =
                assertThrows(AccessDeniedException.class, () -> AuthKey.read(address, file.toString()));
        assertTrue(refused.getMessage().contains("chmod 600 " + file), refused.getMessage());
    }
}
