package org.ipckit.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipckit.pipes.PipeReader.AtEnd;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The FIFO as a file, who may open it, and what an open end costs. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamedPipeTest extends FifoFixture {

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
}
