package org.ipckit.pipes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.ipckit.testkit.Required;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Availability;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Mechanism;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeTransportTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LIMIT_FILE = "/proc/sys/fs/pipe-max-size";

    private final PipeTransport transport = new PipeTransport();

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("p");
    }

    private Address at(String options) {
        return Address.parse("pipe://" + file() + options);
    }

    @Test
    void itIsFoundAndWorksHere() {
        assertTrue(ServiceLoader.load(Mechanism.class).stream()
                .anyMatch(provider -> provider.type().equals(PipeTransport.class)));
        assertEquals("pipe", transport.scheme());
        assertEquals(Availability.yes(), transport.availability());
    }

    // ---------------------------------------------------------------- files

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

    // ---------------------------------------------------------------- clients that die on their way

    @Test
    void aClientThatDiedBeforeItAskedLeavesNothingForEver() throws IOException {
        Listener listener = transport.listen(at(""));
        new Stranger(file()).close();
        new Stranger(file()).listens().close();
        assertEquals(7, files().size());

        listener.close();

        assertEquals(List.of(), files());
    }

    @Test
    void aClientThatDiedWhenItHadAskedLeavesNothing() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            new Stranger(file()).asks().close();

            eventuallyOnly("p", "p.owner", "p.pairs");
            requireWorking(listener);
        }
    }

    @Test
    void aClientThatDiedWhenItWasGreetedLeavesNothing() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            new Stranger(file()).listens().asks().isGreeted().close();
            eventuallyOnly("p", "p.owner", "p.pairs");

            new Stranger(file()).listens().asks().isGreeted().opens().close();
            eventuallyOnly("p", "p.owner", "p.pairs");

            assertTrue(listener.accept(Duration.ZERO).isEmpty());
            requireWorking(listener);
        }
    }

    @Test
    void aClientThatGaveUpIsForgotten() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            Stranger stranger = new Stranger(file()).listens();
            stranger.pair().unlink();
            stranger.asks();

            requireWorking(listener);
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
            stranger.close();
        }
    }

    @Test
    void aGreetingThatIsNoneEndsThatNewcomerOnly() throws IOException {
        try (Listener listener = transport.listen(at(""));
                Stranger stranger =
                        new Stranger(file()).listens().asks().isGreeted().opens()) {
            stranger.write(US_ASCII.encode("HELO"));

            eventuallyOnly("p", "p.owner", "p.pairs");
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
            requireWorking(listener);
        }
    }

    // ---------------------------------------------------------------- what else may be written to the address

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "\n",
                "GET / HTTP/1.1\r\n\r\n",
                "\nipckit-pipe/1 ",
                "\nipckit-pipe/1 0123",
                "\nipckit-pipe/1 ../../../../../../../../etc/passwd\n",
                "\nipckit-pipe/1 /////////////////////////////////\n",
                "\nipckit-pipe/1 0123456789abcdef0123456789abcdef\n",
                "\nipckit-pipe/2 0123456789abcdef0123456789abcdef\n",
                "\nipckit-pipe/1 0123456789ABCDEF0123456789ABCDEF\n"
            })
    void whatIsNoRequestDoesNoHarmToTheNext(String words) {
        try (Listener listener = transport.listen(at(""))) {
            Stranger.write(file(), UTF_8.encode(words));
            requireWorking(listener);
            Stranger.write(file(), UTF_8.encode(words + words + words));
            requireWorking(listener);
        }
    }

    @Test
    void aFloodOfGarbageDoesNoHarm() {
        try (Listener listener = transport.listen(at(""))) {
            Random random = new Random(42);
            byte[] garbage = new byte[NamedPipe.ATOMIC_BYTES];
            for (int count = 0; count < 500; count++) {
                random.nextBytes(garbage);
                Stranger.write(file(), ByteBuffer.wrap(garbage, 0, 1 + random.nextInt(garbage.length)));
            }
            requireWorking(listener);
        }
    }

    @Test
    void aRequestForSomethingThatIsNoFifoOfOursIsPassedOver() throws IOException {
        try (Listener listener = transport.listen(at(""))) {
            Path diary = Files.writeString(folder.resolve("diary"), "private");
            Path foreign = NamedPipe.create(folder.resolve("foreign")).path();
            Token file = Token.random();
            Files.writeString(folder.resolve("p.pairs").resolve(file.up()), "");
            Token linkToFile = Token.random();
            Files.createSymbolicLink(folder.resolve("p.pairs").resolve(linkToFile.up()), diary);
            Token linkToFifo = Token.random();
            Files.createSymbolicLink(folder.resolve("p.pairs").resolve(linkToFifo.up()), foreign);
            Stranger half = new Stranger(file());
            Files.delete(half.pair().toClient());
            Files.createSymbolicLink(half.pair().toClient(), diary);

            for (Token token : List.of(file, linkToFile, linkToFifo)) {
                Stranger.write(file(), token.request());
            }
            half.asks();
            requireWorking(listener);

            assertEquals("private", Files.readString(diary));
            assertFalse(NamedPipe.at(foreign).hasReader());
            assertTrue(Files.exists(folder.resolve("p.pairs").resolve(file.up()), LinkOption.NOFOLLOW_LINKS));
            for (Token token : List.of(file, linkToFile, linkToFifo)) {
                Files.delete(folder.resolve("p.pairs").resolve(token.up()));
            }
            half.pair().unlink();
        }
        assertEquals(List.of("diary", "foreign"), files());
    }

    @Test
    void aFifoOfAnotherUserIsPassedOver() throws IOException {
        Required.that("root".equals(System.getProperty("user.name")), "only root may give files away");
        try (Listener listener = transport.listen(at(""))) {
            Stranger stranger = new Stranger(file()).listens();
            Files.setAttribute(stranger.pair().toListener(), "unix:uid", 65534);
            stranger.asks();

            requireWorking(listener);
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
            stranger.close();
        }
    }

    @Test
    void theAddressOfAnotherUserIsNotConnectedTo() throws IOException {
        Required.that("root".equals(System.getProperty("user.name")), "only root may give files away");
        try (Listener listener = transport.listen(at(""))) {
            Files.setAttribute(file(), "unix:uid", 65534);

            AccessDeniedException refused =
                    assertThrows(AccessDeniedException.class, () -> transport.connect(at(""), SOON));

            assertTrue(refused.getMessage().contains("65534"), refused.getMessage());
            assertTrue(listener.accept(Duration.ZERO).isEmpty());
        }
    }

    // ---------------------------------------------------------------- connecting

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

    // ---------------------------------------------------------------- options

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

    // ---------------------------------------------------------------- helpers

    private void requireWorking(Listener listener) {
        try (Connection near = transport.connect(at(""), SOON);
                Connection far = listener.accept(SOON).orElseThrow()) {
            near.send(Message.utf8("works"));
            assertEquals(Message.utf8("works"), far.receive());
        }
    }

    private void eventuallyOnly(String... expected) {
        eventually(() -> "only " + List.of(expected) + ", is " + files(), () -> files().equals(List.of(expected)));
    }

    private List<String> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> !file.equals(folder))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException changing) {
            return List.of(changing.toString());
        }
    }

    private String mode(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(name), LinkOption.NOFOLLOW_LINKS));
    }
}
