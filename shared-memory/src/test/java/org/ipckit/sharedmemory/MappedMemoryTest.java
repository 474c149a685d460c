package org.ipckit.sharedmemory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedMemoryTest {

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("memory");
    }

    @Test
    void aPageIsAPowerOfTwoOfAtLeast4096Bytes() {
        assertEquals(1, Integer.bitCount(MappedMemory.pageSize()));
        assertTrue(MappedMemory.pageSize() >= 4096);
    }

    @Test
    void newMemoryIsPrivateAndZeroAndAsLargeAsItWasAskedFor() throws IOException {
        try (MappedMemory memory = MappedMemory.create(file(), 100_000)) {
            byte[] bytes = new byte[memory.size()];
            memory.bytes().get(bytes);

            assertArrayEquals(new byte[100_000], bytes);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        }
    }

    @Test
    void theRoomOfNewMemoryIsReallyTaken() throws IOException {
        try (MappedMemory memory = MappedMemory.create(file(), 1 << 20)) {
            assertEquals(1 << 20, memory.size());
            // A file that was only made longer has no blocks.
            Process du = new ProcessBuilder("du", "-k", file().toString()).start();
            String said = new String(du.getInputStream().readAllBytes(), UTF_8);
            assertTrue(Integer.parseInt(said.split("\t", 2)[0]) >= 1024, said);
        }
    }

    @Test
    void aFileThatIsThereIsNotTakenForNewMemory() throws IOException {
        Files.writeString(file(), "somebody's diary");

        assertThrows(FileAlreadyExistsException.class, () -> MappedMemory.create(file(), 4096));

        assertEquals("somebody's diary", Files.readString(file()));
    }

    @Test
    void whatOneWritesAnotherReadsWithoutMappingItAgain() throws IOException {
        Files.write(file(), bytesOf('\n', MappedMemory.pageSize()));
        try (MappedMemory writer = MappedMemory.open(file());
                MappedMemory reader = MappedMemory.openToRead(file())) {
            writer.bytes().put(UTF_8.encode("now we are in memory\n"));
            assertEquals("now we are in memory", firstLine(reader));

            writer.bytes().put(UTF_8.encode("again\n"));

            assertEquals("again", firstLine(reader));
            assertTrue(Files.readString(file()).startsWith("again\n are in memory\n\n"));
            assertEquals(MappedMemory.pageSize(), Files.size(file()));
        }
    }

    @Test
    void memoryOpenedToReadNeedsNoRightToWriteAndGivesNone() throws IOException {
        Files.write(file(), bytesOf('x', 10));
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
        try (MappedMemory reader = MappedMemory.openToRead(file())) {
            assertEquals('x', reader.bytes().get(9));
            assertThrows(ReadOnlyBufferException.class, () -> reader.bytes().put(0, (byte) 1));
        }
    }

    @Test
    void nothingBeyondTheEndCanBeTouched() throws IOException {
        try (MappedMemory memory = MappedMemory.create(file(), 4096)) {
            assertThrows(IndexOutOfBoundsException.class, () -> memory.bytes().put(4096, (byte) 1));
            assertEquals(4096, Files.size(file()));
        }
    }

    @Test
    void aViewKeptAfterTheCloseReadsZerosAndTheFileKeepsItsBytes() throws IOException {
        MappedMemory memory = MappedMemory.create(file(), 4096);
        ByteBuffer kept = memory.bytes();
        kept.putLong(0, 42);

        memory.close();
        memory.close();

        assertEquals(0, kept.getLong(0));
        kept.putLong(0, 43);
        assertEquals(42, ByteBuffer.wrap(Files.readAllBytes(file())).getLong());
    }

    @Test
    void manyMappingsThatWereClosedTakeNoMemory() throws IOException {
        for (int round = 0; round < 100; round++) {
            try (MappedMemory memory = MappedMemory.create(folder.resolve("m" + round), 16 << 20)) {
                memory.bytes().putLong(0, round);
            }
            Files.delete(folder.resolve("m" + round));
        }
    }

    @Test
    void whatCannotBeMappedIsRefused() throws IOException {
        assertThrows(NoSuchFileException.class, () -> MappedMemory.open(file()));
        Files.createFile(file());
        IOException empty = assertThrows(IOException.class, () -> MappedMemory.open(file()));
        assertTrue(empty.getMessage().contains("0 bytes"), empty.getMessage());
        Path link = Files.createSymbolicLink(folder.resolve("link"), file());
        assertThrows(IOException.class, () -> MappedMemory.open(link));
        assertThrows(IllegalArgumentException.class, () -> MappedMemory.create(folder.resolve("none"), 0));
        assertFalse(Files.exists(folder.resolve("none")));
    }

    private static String firstLine(MappedMemory memory) {
        return UTF_8.decode(memory.bytes()).toString().lines().findFirst().orElseThrow();
    }

    private static byte[] bytesOf(char letter, int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }
}
