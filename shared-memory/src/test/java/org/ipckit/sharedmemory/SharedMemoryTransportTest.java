package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.ipckit.testkit.Eventually;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.PrivateFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedMemoryTransportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final SharedMemoryTransport transport = new SharedMemoryTransport();

    @TempDir
    private Path folder;

    /** An address in the folder, whose segments are there too. */
    private Address address() {
        return Address.parse("shm://" + folder.resolve("s") + "?dir=" + folder);
    }

    private Address address(String capacity) {
        return address().withOption("capacity", capacity);
    }

    /** Two connected ends. */
    private record Pair(Listener listener, Connection near, Connection far) implements AutoCloseable {
        @Override
        public void close() {
            try (listener;
                    near) {
                far.close();
            }
        }
    }

    private Pair pair(Address listening, Address connecting) {
        return pair(transport, listening, transport, connecting);
    }

    private static Pair pair(
            SharedMemoryTransport listens, Address listening, SharedMemoryTransport connects, Address connecting) {
        Listener listener = listens.listen(listening);
        Connection near = connects.connect(connecting, SOON);
        return new Pair(listener, near, listener.accept(SOON).orElseThrow());
    }

    @Test
    void aNameLiesInAPrivateFolderInMemory() throws IOException {
        Path shm = Path.of("/dev/shm");
        Required.that(Files.isDirectory(shm), "there is no " + shm);
        String name = "test-" + ProcessHandle.current().pid();
        Path place = shm.resolve("ipckit-" + PrivateFiles.uid()).resolve(name + ".shm");
        Address address = Address.parse("shm://" + name);
        try (Pair pair = pair(address, address)) {
            assertTrue(Files.exists(place));
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(place.getParent())));
            requireWorking(pair);
        }
        assertFalse(Files.exists(place));
    }

    @Test
    void theMemoryOfAConnectionHasNoName() throws IOException {
        try (Pair pair = pair(address(), address())) {
            requireWorking(pair);
            assertEquals(List.of("s", "s.owner"), files());
        }
        assertEquals(List.of(), files());
    }

    @ParameterizedTest
    @CsvSource({"4KiB, 64KiB", "64KiB, 4KiB"})
    void ofTwoSidesThatAskTheLargerCapacityIsTaken(String listening, String connecting) {
        try (Pair pair = pair(address(listening), address(connecting))) {
            int most = transport.capabilities(address("64KiB")).inPlaceSize();
            for (Connection from : List.of(pair.near(), pair.far())) {
                int sent = 0;
                while (from.offer(ByteBuffer.allocate(most), Duration.ZERO)) {
                    sent++;
                }
                assertEquals(3, sent, "messages of a quarter of the ring");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"4KiB", "64KiB"})
    void messagesMuchLongerThanTheRingGoThroughItInFragments(String capacity) throws Exception {
        Random random = new Random(7);
        try (Pair pair = pair(address(capacity), address(capacity))) {
            for (int size : new int[] {1015, 1016, 1017, 2032, 100_000, 5 << 20, 16 << 20, 3}) {
                byte[] bytes = new byte[size];
                random.nextBytes(bytes);
                CompletableFuture<Message> received =
                        CompletableFuture.supplyAsync(() -> pair.far().receive());

                pair.near().send(Message.of(bytes));

                assertEquals(Message.of(bytes), received.get());
            }
        }
    }

    @Test
    void aClaimLongerThanARecordIsSentToo() throws Exception {
        try (Pair pair = pair(address("4KiB"), address("4KiB"))) {
            for (int committed : new int[] {3000, 1500, 100, 0}) {
                try (Claim claim = pair.near().claim(3000, SOON)) {
                    claim.buffer().put(new byte[3000]).put(0, (byte) committed);
                    claim.commit(committed);
                }
                Message message = pair.far().receive(SOON).orElseThrow();
                assertEquals(committed, message.size());
            }
        }
    }

    @Test
    void aPeerThatEndsInTheMiddleOfAMessageIsALossAfterAllThatWasWhole() {
        try (Pair pair = pair(address("4KiB"), address("4KiB"))) {
            pair.near().send(Message.utf8("whole"));
            assertTrue(pair.near().offer(ByteBuffer.allocate(100_000), Duration.ZERO));
            // Nobody makes room, so what is left of it goes with its sender.
            pair.near().close();

            assertEquals(Message.utf8("whole"), pair.far().receive(SOON).orElseThrow());
            ConnectionClosedException end = assertThrows(
                    ConnectionClosedException.class, () -> pair.far().receive(SOON));
            assertEquals(ConnectionClosedException.By.LOSS, end.by());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "4KiB0", "5000", "2KiB", "1GiB", "-4096"})
    void aCapacityThatIsNoPowerOfTwoWithinBoundsIsRefused(String capacity) {
        assertThrows(InvalidAddressException.class, () -> transport.listen(address(capacity)));
        assertThrows(InvalidAddressException.class, () -> transport.connect(address(capacity), SOON));
    }

    @Test
    void whatADeadListenerLeftIsRemovedByTheNextAndNothingElse() throws IOException {
        SharedMemoryOptions options = SharedMemoryOptions.of(address());
        Files.writeString(SegmentFolder.of(options, folder.resolve("s")).next(), "left by one who died");
        Path others = SegmentFolder.of(options, folder.resolve("another")).next();
        Files.writeString(others, "of another address");
        Files.writeString(folder.resolve("diary.segment"), "somebody's");

        transport.listen(address()).close();

        assertEquals(
                Stream.of("diary.segment", others.getFileName().toString())
                        .sorted()
                        .toList(),
                files());
    }

    @Test
    void aClientThatDiesBeforeItHasMappedTheSegmentLeavesNothing() throws IOException {
        try (Listener listener = transport.listen(address())) {
            Path segment;
            try (Stranger stranger = new Stranger(folder.resolve("s"))) {
                segment = stranger.isWelcome();
                assertTrue(Files.exists(segment));
            }
            try (Connection dead = listener.accept(SOON).orElseThrow()) {
                assertThrows(ConnectionClosedException.class, () -> dead.receive(SOON));
            }
            assertFalse(Files.exists(segment));
            try (Stranger unaccepted = new Stranger(folder.resolve("s"))) {
                unaccepted.isWelcome();
            }
        }
        assertEquals(List.of(), files());
    }

    @Test
    void sidesThatCanDoDifferentThingsWakeEachOther() throws Exception {
        List<Abilities> all = List.of(
                Abilities.here(), Abilities.NONE, new Abilities(Abilities.here().futex(), false));
        for (Abilities listens : all) {
            for (Abilities connects : all) {
                try (Pair pair = pair(
                        new SharedMemoryTransport(listens),
                        address("4KiB"),
                        new SharedMemoryTransport(connects),
                        address("4KiB"))) {
                    requireNobodySleepsForEver(pair);
                }
            }
        }
    }

    /** Each message finds the other side asleep, or on its way to it. */
    private static void requireNobodySleepsForEver(Pair pair) throws Exception {
        int rounds = 300;
        CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> {
            for (int round = 0; round < rounds; round++) {
                pair.far().send(pair.far().receive(SOON).orElseThrow());
            }
        });
        Random random = new Random(3);
        for (int round = 0; round < rounds; round++) {
            if (round % 10 == 0) {
                Thread.sleep(0, random.nextInt(200_000));
            }
            Message message = Message.of(new byte[random.nextInt(3000)]);
            pair.near().send(message);
            assertEquals(message, pair.near().receive(SOON).orElseThrow());
        }
        echo.get();
    }

    @Test
    void whoWaitsCostsHardlyAnyTimeOfTheProcessor() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Pair pair = pair(address(), address())) {
            pair.near().receive(Duration.ofMillis(100));
            long before = threads.getCurrentThreadCpuTime();

            assertTrue(pair.near().receive(Duration.ofSeconds(2)).isEmpty());

            long spent = threads.getCurrentThreadCpuTime() - before;
            assertTrue(spent < Duration.ofMillis(400).toNanos(), spent + " ns of processor time in 2 s");
        }
    }

    @Test
    void aMessageOverTheLimitOfItsReceiverEndsTheConnectionEvenInFragments() {
        Address small = address("4KiB").withOption("max-message", "5000");
        try (Pair pair = pair(small, address("4KiB"))) {
            CompletableFuture<Void> sending =
                    CompletableFuture.runAsync(() -> pair.near().send(ByteBuffer.allocate(6000)));

            TransportException refused =
                    assertThrows(TransportException.class, () -> pair.far().receive(SOON));
            assertTrue(refused.getMessage().contains("5000"), refused.getMessage());
            pair.far().close();
            sending.exceptionally(itsReceiverHasEnded -> null).join();
        }
    }

    @Test
    void aLentMessageIsTheMemoryItself() {
        try (Pair pair = pair(address(), address())) {
            assertTrue(pair.near().offer(ByteBuffer.allocate(100), Duration.ZERO));
            ByteBuffer[] lent = new ByteBuffer[1];
            Eventually.eventually("a message", () -> pair.far().poll(message -> lent[0] = message, 1) == 1);

            assertTrue(lent[0].isDirect());
            assertTrue(lent[0].isReadOnly());
            assertEquals(100, lent[0].remaining());
        }
    }

    @Test
    void aClaimTimesOutWhenThereIsNoRoom() {
        try (Pair pair = pair(address("4KiB"), address("4KiB"))) {
            while (pair.near().offer(ByteBuffer.allocate(500), Duration.ZERO)) {
                Thread.onSpinWait();
            }
            assertNull(pair.near().claim(500, Duration.ofMillis(10)));
        }
    }

    private static void requireWorking(Pair pair) {
        pair.near().send(Message.utf8("there"));
        assertEquals(Message.utf8("there"), pair.far().receive(SOON).orElseThrow());
        pair.far().send(Message.utf8("and back"));
        assertEquals(Message.utf8("and back"), pair.near().receive(SOON).orElseThrow());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
