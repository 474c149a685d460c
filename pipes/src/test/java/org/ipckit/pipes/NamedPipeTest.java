package org.ipckit.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ipckit.pipes.PipeReader.AtEnd;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.Waits;
import org.ipckit.transport.spi.ChannelSleeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamedPipeTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private Path path() {
        return folder.resolve("fifo");
    }

    // ---------------------------------------------------------------- the file

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "rw-r--r--", "rw-rw-rw-", "r--rw--wx"})
    void aFifoHasThePermissionsAskedForWhateverTheUmask(String permissions) throws IOException {
        NamedPipe.create(path(), PosixFilePermissions.fromString(permissions));

        assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
        assertTrue(FifoEnd.isFifo(path()));
    }

    @Test
    void aFifoIsForItsOwnerOnlyUnlessSaidOtherwise() throws IOException {
        NamedPipe.create(path());

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    }

    @Test
    void aFifoThatIsThereIsTakenOnlyOnDemand() {
        NamedPipe first = NamedPipe.create(path());

        AddressInUseException refused = assertThrows(AddressInUseException.class, () -> NamedPipe.create(path()));
        assertTrue(refused.getMessage().contains("there is a FIFO already"), refused.getMessage());
        assertEquals(first, NamedPipe.createIfAbsent(path(), PosixFilePermissions.fromString("rw-r--r--")));
    }

    @Test
    void aRegularFileInTheWayIsNeitherOpenedNorDeleted() throws IOException {
        Files.writeString(path(), "precious");
        NamedPipe pipe = NamedPipe.at(path());

        assertThrows(AddressInUseException.class, () -> NamedPipe.create(path()));
        assertThrows(
                AddressInUseException.class,
                () -> NamedPipe.createIfAbsent(path(), PosixFilePermissions.fromString("rw-------")));
        assertThrows(InvalidAddressException.class, () -> pipe.openToRead(AtEnd.WAIT));
        assertThrows(InvalidAddressException.class, () -> pipe.openToWrite(SOON));
        assertThrows(InvalidAddressException.class, pipe::delete);
        assertFalse(pipe.exists());
        assertFalse(pipe.hasReader());
        assertEquals("precious", Files.readString(path()));
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        AccessDeniedException refused = assertThrows(
                AccessDeniedException.class,
                () -> NamedPipe.create(folder.resolve("missing").resolve("fifo")));

        assertTrue(refused.getMessage().contains("there is no folder " + folder.resolve("missing")));
    }

    @Test
    void deletingRemovesTheFifoAndNothingElse() {
        NamedPipe pipe = NamedPipe.create(path());

        pipe.delete();
        pipe.delete();

        assertFalse(Files.exists(path()));
    }

    // ---------------------------------------------------------------- opening

    @Test
    void noFifoAndNoReaderAreTwoDifferentFailures() {
        ConnectFailedException noFifo = assertThrows(
                ConnectFailedException.class, () -> NamedPipe.at(path()).openToWrite(Duration.ZERO));
        assertTrue(noFifo.getMessage().contains("there is no such FIFO (ENOENT)"), noFifo.getMessage());
        assertInstanceOf(NoSuchFileException.class, noFifo.getCause());

        NamedPipe pipe = NamedPipe.create(path());
        ConnectFailedException noReader =
                assertThrows(ConnectFailedException.class, () -> pipe.openToWrite(Duration.ZERO));
        assertTrue(noReader.getMessage().contains("open to read (ENXIO)"), noReader.getMessage());
        assertFalse(noReader.getCause() instanceof NoSuchFileException);
    }

    @Test
    void readingNeedsAFifoButNoWriter() {
        ConnectFailedException noFifo = assertThrows(
                ConnectFailedException.class, () -> NamedPipe.at(path()).openToRead(AtEnd.WAIT));
        assertTrue(noFifo.getMessage().contains("ENOENT"), noFifo.getMessage());

        NamedPipe pipe = NamedPipe.create(path());
        assertFalse(pipe.hasReader());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT)) {
            assertTrue(pipe.hasReader());
            assertEquals(0, reader.read(ByteBuffer.allocate(10), Duration.ZERO));
        }
    }

    @Test
    void openingToWriteWaitsForTheFifoAndItsReader() throws Exception {
        Background<PipeWriter> opening =
                Background.of(() -> NamedPipe.at(path()).openToWrite(SOON));
        assertTrue(opening.isStillRunningAfter(SHORT));
        NamedPipe pipe = NamedPipe.create(path());
        assertTrue(opening.isStillRunningAfter(SHORT));

        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = opening.result()) {
            assertTrue(writer.write(utf8("hello"), SOON));
            assertEquals("hello", text(reader, 5));
        }
    }

    @Test
    void openingToWriteGivesUpNoEarlierThanItsTimeout() {
        NamedPipe pipe = NamedPipe.create(path());
        long start = System.nanoTime();

        assertThrows(ConnectFailedException.class, () -> pipe.openToWrite(SHORT));

        assertTrue(System.nanoTime() - start >= SHORT.toNanos());
    }

    @Test
    void anInterruptEndsAnOpenThatWaits() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        Background<Boolean> opening = Background.of(() -> {
            assertThrows(InterruptedWaitException.class, () -> pipe.openToWrite(Waits.FOREVER));
            return Thread.currentThread().isInterrupted();
        });
        assertTrue(opening.isStillRunningAfter(SHORT));

        opening.interrupt();

        assertTrue(opening.result());
    }

    // ---------------------------------------------------------------- reading

    @ParameterizedTest
    @EnumSource(AtEnd.class)
    void aReaderOutlivesWritersThatComeAndGo(AtEnd atEnd) {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(atEnd)) {
            for (int round = 0; round < 5; round++) {
                try (PipeWriter writer = pipe.openToWrite(SOON)) {
                    assertTrue(writer.write(utf8("round " + round), SOON));
                }
                assertEquals("round " + round, text(reader, 7));
                if (atEnd == AtEnd.REPORT) {
                    assertEquals(PipeReader.END, reader.read(ByteBuffer.allocate(1), SOON));
                }
                assertEquals(0, reader.read(ByteBuffer.allocate(1), SHORT));
            }
        }
    }

    @Test
    void theEndIsReportedOnceAndOnlyToThoseWhoWantToKnow() {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader told = pipe.openToRead(AtEnd.REPORT)) {
            assertEquals(0, told.read(ByteBuffer.allocate(1), Duration.ZERO));
            pipe.openToWrite(SOON).close();
            assertEquals(PipeReader.END, told.read(ByteBuffer.allocate(1), SOON));
            assertEquals(0, told.read(ByteBuffer.allocate(1), SHORT));
        }
        try (PipeReader untold = pipe.openToRead(AtEnd.WAIT)) {
            pipe.openToWrite(SOON).close();
            assertEquals(0, untold.read(ByteBuffer.allocate(1), SHORT));
        }
    }

    @Test
    void aReadThatWaitsForTheNextWriterSleeps() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT)) {
            pipe.openToWrite(SOON).close();
            Duration idle = Duration.ofMillis(500);

            Background<Long> reading = Background.of(() -> {
                var threads = java.lang.management.ManagementFactory.getThreadMXBean();
                long before = threads.getCurrentThreadCpuTime();
                assertEquals(0, reader.read(ByteBuffer.allocate(1), idle));
                return threads.getCurrentThreadCpuTime() - before;
            });

            assertTrue(reading.result() < idle.toNanos() / 2, "it does not sleep when all writers have left");
        }
    }

    @Test
    void aReadEndsNoEarlierThanItsTimeout() {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            assertTrue(writer.isOpen());
            long start = System.nanoTime();

            assertEquals(0, reader.read(ByteBuffer.allocate(10), SHORT));

            assertTrue(System.nanoTime() - start >= SHORT.toNanos());
            assertThrows(
                    IllegalArgumentException.class, () -> reader.read(ByteBuffer.allocate(10), Duration.ofMillis(-1)));
            assertThrows(IllegalArgumentException.class, () -> reader.read(ByteBuffer.allocate(0), SHORT));
        }
    }

    @Test
    void anInterruptEndsAReadAndThePipeGoesOn() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            Background<Boolean> reading = Background.of(() -> {
                assertThrows(InterruptedWaitException.class, () -> reader.read(ByteBuffer.allocate(1), Waits.FOREVER));
                // The flag is still set, and a call with the flag set ends at once.
                assertThrows(InterruptedWaitException.class, () -> reader.read(ByteBuffer.allocate(1), Waits.FOREVER));
                return Thread.interrupted();
            });
            assertTrue(reading.isStillRunningAfter(SHORT));

            reading.interrupt();

            assertTrue(reading.result());
            assertTrue(writer.write(utf8("x"), SOON));
            assertEquals("x", text(reader, 1));
        }
    }

    /** As many as carriers and one more: if a read held its carrier, nothing else would run. */
    @Test
    void virtualThreadsThatReadStarveNoOther() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        int readers = Integer.getInteger(
                        "jdk.virtualThreadScheduler.parallelism",
                        Runtime.getRuntime().availableProcessors())
                + 1;
        List<PipeReader> open = new ArrayList<>();
        List<FutureTask<Integer>> reading = new ArrayList<>();
        for (int count = 0; count < readers; count++) {
            PipeReader reader = pipe.openToRead(AtEnd.WAIT);
            open.add(reader);
            reading.add(new FutureTask<>(() -> reader.read(ByteBuffer.allocate(1), Waits.FOREVER)));
        }
        List<Thread> threads = new ArrayList<>();
        for (FutureTask<Integer> each : reading) {
            threads.add(startLight(each));
        }
        for (Thread thread : threads) {
            // In native code an ordinary thread counts as running.
            eventually(
                    "a reader that waits",
                    () -> thread.getState() == Thread.State.WAITING
                            || Runtime.version().feature() < 21);
        }

        FutureTask<String> another = new FutureTask<>(() -> "runs");
        startLight(another);

        assertEquals("runs", another.get(SOON.toSeconds(), TimeUnit.SECONDS));
        open.forEach(PipeReader::close);
        for (FutureTask<Integer> each : reading) {
            assertInstanceOf(
                    ConnectionClosedException.class,
                    assertThrows(ExecutionException.class, each::get).getCause());
        }
    }

    /** A virtual thread where the JDK has them, else an ordinary one. */
    private static Thread startLight(Runnable task) throws ReflectiveOperationException {
        if (Runtime.version().feature() >= 21) {
            return (Thread)
                    Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        }
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    @Test
    void closingWakesAReaderThatWaits() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        PipeReader reader = pipe.openToRead(AtEnd.WAIT);
        Background<By> reading = Background.of(() -> assertThrows(
                        ConnectionClosedException.class, () -> reader.read(ByteBuffer.allocate(1), Waits.FOREVER))
                .by());
        assertTrue(reading.isStillRunningAfter(SHORT));

        reader.close();
        reader.close();

        assertEquals(By.THIS_SIDE, reading.result());
        assertFalse(reader.isOpen());
        assertFalse(pipe.hasReader());
    }

    // ---------------------------------------------------------------- writing

    @Test
    void whatGoesInAsAWholeIsNeverMixed() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        int writers = 4;
        int records = 500;
        // Not a power of two: pages would hide what is torn.
        int size = 4093;
        try (PipeReader reader = pipe.openToRead(AtEnd.REPORT)) {
            List<Background<Boolean>> writing = new ArrayList<>();
            for (int number = 0; number < writers; number++) {
                byte mark = (byte) ('a' + number);
                PipeWriter writer = pipe.openToWrite(SOON);
                writing.add(Background.of(() -> {
                    try (writer) {
                        ByteBuffer record = filled(mark, size);
                        for (int count = 0; count < records; count++) {
                            if (!writer.write(record, SOON)) {
                                return false;
                            }
                        }
                        return record.remaining() == size;
                    }
                }));
            }

            for (int count = 0; count < writers * records; count++) {
                ByteBuffer record = ByteBuffer.allocateDirect(size);
                while (record.hasRemaining()) {
                    assertTrue(reader.read(record, SOON) > 0);
                }
                assertEquals(filled(record.get(0), size), record.flip(), "record " + count + " is torn");
            }
            assertEquals(PipeReader.END, reader.read(ByteBuffer.allocate(1), SOON));
            for (Background<Boolean> each : writing) {
                assertTrue(each.result());
            }
        }
    }

    @Test
    void exactlyTheAtomicSizeGoesInAndOneByteMoreIsRefused() {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            MessageTooLargeException refused = assertThrows(
                    MessageTooLargeException.class,
                    () -> writer.write(ByteBuffer.allocate(NamedPipe.ATOMIC_BYTES + 1), SOON));
            assertTrue(refused.getMessage().contains("4097"), refused.getMessage());
            assertTrue(refused.getMessage().contains("writeInPieces"), refused.getMessage());
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));

            assertTrue(writer.write(ByteBuffer.allocate(NamedPipe.ATOMIC_BYTES), SOON));
            assertEquals(
                    NamedPipe.ATOMIC_BYTES, text(reader, NamedPipe.ATOMIC_BYTES).length());
        }
    }

    @Test
    void aWriteWithoutRoomWritesNothing() {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            ByteBuffer record = filled((byte) 'x', 3000);
            int written = 0;
            while (writer.write(record, Duration.ZERO)) {
                written += record.remaining();
            }
            long start = System.nanoTime();
            assertFalse(writer.write(record, SHORT));
            assertTrue(System.nanoTime() - start >= SHORT.toNanos());

            assertEquals(written, text(reader, written).length());
            assertEquals(0, reader.read(ByteBuffer.allocate(1), Duration.ZERO));
        }
    }

    @Test
    void anyNumberOfBytesGoesInInPieces() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        int size = 1_000_003;
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                PipeWriter writer = pipe.openToWrite(SOON)) {
            ByteBuffer much = filled((byte) 'm', size);
            Background<Boolean> writing = Background.of(() -> writer.writeInPieces(much, SOON));

            assertEquals(size, text(reader, size).length());
            assertTrue(writing.result());
            assertFalse(much.hasRemaining());
        }
    }

    @Test
    void aWriterLearnsThatNobodyReadsAnyMore() {
        NamedPipe pipe = NamedPipe.create(path());
        PipeReader reader = pipe.openToRead(AtEnd.WAIT);
        try (PipeWriter writer = pipe.openToWrite(SOON)) {
            reader.close();

            ConnectionClosedException gone =
                    assertThrows(ConnectionClosedException.class, () -> writer.write(utf8("x"), SOON));
            assertEquals(By.PEER, gone.by());
        }
    }

    @Test
    void closingWakesAWriterThatWaitsForRoom() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.WAIT)) {
            PipeWriter writer = pipe.openToWrite(SOON);
            Background<By> writing = Background.of(() -> assertThrows(
                            ConnectionClosedException.class,
                            () -> writer.writeInPieces(ByteBuffer.allocate(1 << 20), Waits.FOREVER))
                    .by());
            assertTrue(writing.isStillRunningAfter(SHORT));

            writer.close();

            assertEquals(By.THIS_SIDE, writing.result());
            assertTrue(reader.isOpen());
        }
    }

    @Test
    void aShellMayWriteAndRead() throws Exception {
        NamedPipe pipe = NamedPipe.create(path());
        try (PipeReader reader = pipe.openToRead(AtEnd.REPORT)) {
            Process shell = new ProcessBuilder("sh", "-c", "printf X0005HOWDY > " + path()).start();
            assertEquals("X0005HOWDY", text(reader, 10));
            assertTrue(shell.waitFor(20, TimeUnit.SECONDS));
        }
        Process shell = new ProcessBuilder("sh", "-c", "cat < " + path()).start();
        try (PipeWriter writer = pipe.openToWrite(SOON)) {
            assertTrue(writer.write(utf8("to the shell"), SOON));
        }
        assertEquals("to the shell", new String(shell.getInputStream().readAllBytes(), UTF_8));
        assertTrue(shell.waitFor(20, TimeUnit.SECONDS));
    }

    @Test
    void tenThousandOpeningsLeaveNoDescriptor() throws IOException {
        NamedPipe pipe = NamedPipe.create(path());
        ByteBuffer into = ByteBuffer.allocateDirect(8);
        long before = descriptors();
        for (int count = 0; count < 10_000; count++) {
            try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                    PipeWriter writer = pipe.openToWrite(SOON)) {
                if (count % 10 == 0) {
                    // Long enough to sleep: the selector's own descriptors count, too.
                    assertEquals(0, reader.read(into.clear(), Duration.ofNanos(100_000)));
                }
                assertTrue(writer.write(utf8("x"), Duration.ZERO));
                assertEquals(1, reader.read(into.clear(), Duration.ZERO));
            }
        }
        assertTrue(descriptors() <= before + 10, "descriptors: " + before + " before, " + descriptors() + " after");
    }

    private static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    /** A selector wakes itself through a descriptor of its own, whose number is another file's after it is closed. */
    @Test
    void aWakeThatComesTooLateWritesIntoNobodysFile() throws IOException {
        NamedPipe pipe = NamedPipe.create(path());
        try (FifoEnd end = FifoEnd.toRead(path(), FifoEnd.Links.REFUSED)) {
            ChannelSleeper sleeper = new ChannelSleeper(end.channel(), SelectionKey.OP_READ);
            sleeper.sleep(1_000_000);
            sleeper.close();

            try (PipeReader reader = pipe.openToRead(AtEnd.WAIT);
                    PipeWriter writer = pipe.openToWrite(SOON);
                    PipeWriter another = pipe.openToWrite(SOON)) {
                sleeper.wake();

                assertEquals(0, reader.read(ByteBuffer.allocate(1), SHORT));
                assertTrue(writer.isOpen() && another.isOpen());
            }
        }
    }

    // ---------------------------------------------------------------- helpers

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    private static ByteBuffer filled(byte mark, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            bytes.put(mark);
        }
        return bytes.flip();
    }

    private static String text(PipeReader reader, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            assertTrue(reader.read(bytes, SOON) > 0, () -> "after " + bytes);
        }
        return UTF_8.decode(bytes.flip()).toString();
    }

    /** Something that a thread of its own does. */
    private static final class Background<T> {

        private final FutureTask<T> task;
        private final Thread thread;

        private Background(FutureTask<T> task) {
            this.task = task;
            this.thread = new Thread(task);
        }

        static <T> Background<T> of(Callable<T> work) {
            Background<T> background = new Background<>(new FutureTask<>(work));
            background.thread.setDaemon(true);
            background.thread.start();
            return background;
        }

        boolean isStillRunningAfter(Duration time) throws InterruptedException {
            thread.join(time.toMillis());
            return thread.isAlive();
        }

        void interrupt() {
            thread.interrupt();
        }

        T result() throws InterruptedException, ExecutionException, TimeoutException {
            return task.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
