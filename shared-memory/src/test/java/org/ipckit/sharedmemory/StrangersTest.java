package org.ipckit.sharedmemory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ipckit.testkit.Eventually;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.LeaseListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that do not keep to the layout, and memory that is not what it should be. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StrangersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final int CAPACITY = 4096;

    private final SharedMemoryTransport transport = new SharedMemoryTransport();

    @TempDir
    private Path folder;

    private Address address;

    @BeforeEach
    void chooseAddress() {
        address = Address.parse("shm://" + folder.resolve("s") + "?capacity=4KiB&dir=" + folder);
    }

    @AfterEach
    void requireNothingLeft() throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals("", String.join(" ", left.map(Path::toString).sorted().toList()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET / HTTP/1.1",
                "ipckit-shm 2 4096 0",
                "ipckit-shm 2 something else altogether",
                "ipckit-shm 1",
                "ipckit-shm 1 4095 0",
                "ipckit-shm 1 0 0",
                "ipckit-shm 1 999999999 0",
                "ipckit-shm 1 -1 0",
                "ipckit-shm 1 4096 99999999999"
            })
    void aGreetingThatIsNoneIsRefusedWithASentence(String words) throws IOException {
        try (Listener listener = transport.listen(address)) {
            try (Stranger stranger = new Stranger(folder.resolve("s"))) {
                String answer = stranger.greets(words);
                assertEquals(0, answer.charAt(0), answer);
                assertTrue(answer.length() > 10, answer);
            }
            requireWorking(listener);
        }
    }

    @Test
    void anythingInTheSegmentIsAnErrorOrAMessageAndNeverMore() throws IOException {
        Random random = new Random(11);
        try (Listener listener = transport.listen(address)) {
            for (int round = 0; round < 200; round++) {
                int seed = random.nextInt();
                withStranger(listener, (stranger, near) -> {
                    fill(stranger.segment(), new Random(seed));
                    for (int look = 0; look < 20; look++) {
                        look(near);
                    }
                });
            }
            requireWorking(listener);
        }
    }

    /** Whatever comes is a message of bounded size, nothing, or an exception of ours. */
    private static void look(Connection near) {
        try {
            near.receive(SHORT).ifPresent(message -> assertTrue(message.size() <= 16 << 20));
            near.offer(ByteBuffer.allocate(100), SHORT);
        } catch (TransportException strange) {
            assertTrue(strange.getMessage().contains("shm://"), strange.getMessage());
        }
    }

    /** Random everywhere, and often something that is almost right. */
    private static void fill(ByteBuffer segment, Random random) {
        for (int at = 0; at < segment.capacity(); at += Long.BYTES) {
            segment.putLong(
                    at,
                    switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> Word.of(random.nextInt(5), random.nextInt(1100));
                        case 2 -> random.nextInt(5);
                        default -> random.nextLong();
                    });
        }
    }

    @Test
    void aSegmentThatIsCutShortIsAnErrorAndNotTheEndOfTheProcess() throws IOException {
        try (Listener listener = transport.listen(address)) {
            for (int round = 0; round < 40; round++) {
                long size = round % 2 == 0 ? 0 : 4096;
                withStranger(listener, (stranger, near) -> {
                    near.send(Message.utf8("still there"));
                    stranger.cutsShort(size);

                    requireSaid(assertThrows(Throwable.class, () -> near.receive(SOON)));
                    requireSaid(assertThrows(Throwable.class, () -> {
                        for (int number = 0; number < 1000; number++) {
                            near.offer(ByteBuffer.allocate(1000), SHORT);
                            // Any call into the VM lets it tell: compiled code alone may fault for a second before.
                            assertFalse(Thread.holdsLock(near));
                        }
                    }));
                });
            }
            requireWorking(listener);
        }
    }

    @Test
    void whoWakesASleeperDoesNotTouchMemoryThatMayBeCutShort() throws Exception {
        Path file = folder.resolve("cut");
        try (MappedMemory memory = MappedMemory.create(file, MappedMemory.pageSize())) {
            WaitWord word = new WaitWord(memory.bytes(), 0);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(0);
            }
            Faults faults = new Faults();
            Bell unrung = new Bell(word, false, () -> {});
            try (RingSleeper sleeper = new RingSleeper(word, LinuxCalls.hasFutex(), false, faults, unrung)) {
                Thread asleep = new Thread(() -> faults.collect(sleeper));
                asleep.start();
                for (int turn = 0; turn < 1000; turn++) {
                    sleeper.wake();
                }
                asleep.join();
            }
        } finally {
            Files.delete(file);
        }
    }

    /** Something to wait for that never comes, in memory that is cut short. */
    private static final class Faults implements RingSleeper.Half {

        private int count;

        void collect(RingSleeper sleeper) {
            while (count < 100) {
                try {
                    sleeper.sleep(1);
                } catch (InternalError after) {
                    count++;
                }
            }
        }

        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void cutShort(InternalError fault) {
            count++;
        }
    }

    /** Compiled code learns of the fault a little later than it happens, when we may have returned already. */
    private static void requireSaid(Throwable end) {
        assertTrue(
                end instanceof InternalError
                        || (end instanceof TransportException
                                && end.getMessage().contains("shorter")),
                end::toString);
    }

    @Test
    void aPeerThatNeverStopsSendingFragmentsIsEnded() throws IOException {
        try (Listener listener = transport.listen(address.withOption("max-message", "10000"))) {
            withStranger(listener, (stranger, near) -> {
                ByteBuffer segment = stranger.segment();
                for (int at = 0; at < CAPACITY; at += 64) {
                    segment.putLong(Layout.recordsToListener() + at, Word.of(Word.MIDDLE, 50));
                }
                segment.putLong(Layout.recordsToListener(), Word.of(Word.FIRST, 50));

                assertThrows(CorruptMessageException.class, () -> near.receive(SOON));
            });
        }
    }

    @Test
    void fragmentsOfNothingAreCorrupt() throws IOException {
        try (Listener listener = transport.listen(address)) {
            withStranger(listener, (stranger, near) -> {
                stranger.segment().putLong(Layout.recordsToListener(), Word.of(Word.FIRST, 0));

                assertThrows(CorruptMessageException.class, () -> near.receive(SOON));
            });
        }
    }

    @Test
    void aListenerThatNamesAnyFileDoesNotMakeItsClientTouchIt() throws IOException {
        Path diary = Files.writeString(folder.resolve("diary"), "x".repeat(Layout.segmentBytes(CAPACITY)));

        requireRefused(diary, "not a segment");

        assertEquals("x".repeat(Layout.segmentBytes(CAPACITY)), Files.readString(diary));
        Files.delete(diary);
    }

    @Test
    void aSegmentOfAnotherVersionIsRefused() throws IOException {
        requireRefused(altered(header -> header.putInt(Layout.VERSION, 2)), "layout 2");
    }

    @Test
    void aSegmentOfAnotherByteOrderIsRefused() throws IOException {
        requireRefused(
                altered(header -> header.putLong(Layout.MAGIC, Long.reverseBytes(Layout.MAGIC_NUMBER))),
                "not a segment");
    }

    @Test
    void aSegmentOfAnotherCapacityThanWasSaidIsRefused() throws IOException {
        requireRefused(altered(header -> header.putInt(Layout.CAPACITY, 8192)), "8192");
    }

    @Test
    void aSegmentThatIsTooShortIsRefused() throws IOException {
        Path segment = folder.resolve("short");
        Files.write(segment, new byte[100]);
        requireRefused(segment, "100 bytes");
        Files.delete(segment);
    }

    private Path altered(Consumer<ByteBuffer> change) throws IOException {
        Path file = folder.resolve("altered");
        Segment.create(file, CAPACITY, Abilities.NONE, Abilities.NONE);
        try (MappedMemory memory = MappedMemory.open(file)) {
            change.accept(memory.bytes().order(ByteOrder.nativeOrder()));
        }
        return file;
    }

    /** A listener that names this segment is refused, and the file stays. */
    private void requireRefused(Path segment, String reason) throws IOException {
        LeaseListener.Welcome named = new LeaseListener.Welcome() {
            @Override
            public Message answer() {
                return new Answer(CAPACITY, segment).toMessage();
            }

            @Override
            public Connection connection(Lease lease) {
                throw new AssertionError("nobody accepts");
            }

            @Override
            public void close() {}
        };
        try (Listener strange = LeaseListener.listen(address, folder.resolve("s"), hello -> named)) {
            CorruptMessageException refused =
                    assertThrows(CorruptMessageException.class, () -> transport.connect(strange.address(), SOON));
            assertTrue(refused.getMessage().contains(reason), refused.getMessage());
            assertTrue(Files.exists(segment));
        }
        Files.deleteIfExists(folder.resolve("altered"));
    }

    @Test
    void memoryThatIsTooSmallIsAnExceptionAndASmallerSegmentFits() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        Required.that(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString()) == 0,
                "this user may not mount a small tmpfs");
        try {
            Address inSmall = Address.parse("shm://" + folder.resolve("s") + "?dir=" + small);
            try (Listener listener = transport.listen(inSmall)) {
                TransportException refused =
                        assertThrows(TransportException.class, () -> transport.connect(listener.address(), SOON));
                assertTrue(refused.getMessage().contains("no room for"), refused.getMessage());
                assertTrue(refused.getMessage().contains("capacity="), refused.getMessage());
                try (Stream<Path> left = Files.list(small)) {
                    assertEquals(0, left.count());
                }
            }
            try (Listener listener = transport.listen(inSmall.withOption("capacity", "64KiB"));
                    Connection near = transport.connect(listener.address().withOption("capacity", "64KiB"), SOON);
                    Connection far = listener.accept(SOON).orElseThrow()) {
                near.send(Message.utf8("fits"));
                assertEquals(Message.utf8("fits"), far.receive(SOON).orElseThrow());
            }
        } finally {
            // What was closed has let go of the file system, or this would be refused.
            Eventually.eventually("unmounting", () -> run("umount", small.toString()) == 0);
            Files.delete(small);
        }
    }

    private static int run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                System.err.println(String.join(" ", command) + ": " + said);
            }
            return code;
        } catch (IOException notThere) {
            return -1;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** What happens between a stranger and the end that the listener has accepted. */
    @FunctionalInterface
    private interface Meeting {
        void happens(Stranger stranger, Connection near) throws IOException;
    }

    private void withStranger(Listener listener, Meeting meeting) throws IOException {
        try (Stranger stranger = new Stranger(folder.resolve("s"))) {
            stranger.maps(stranger.isWelcome());
            try (Connection near = listener.accept(SOON).orElseThrow()) {
                meeting.happens(stranger, near);
            }
        }
    }

    private void requireWorking(Listener listener) {
        try (Connection near = transport.connect(listener.address(), SOON);
                Connection far = listener.accept(SOON).orElseThrow()) {
            near.send(Message.utf8("works"));
            assertEquals(Message.utf8("works"), far.receive(SOON).orElseThrow());
        }
    }
}
