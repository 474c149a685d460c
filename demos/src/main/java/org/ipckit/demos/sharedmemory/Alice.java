package org.ipckit.demos.sharedmemory;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.ipckit.demos.Lesson;
import org.ipckit.sharedmemory.MappedMemory;

/** Writes into memory that Bob reads, twice. */
public final class Alice {

    private Alice() {}

    public static void main(String[] args) throws IOException {
        Lesson.of("Alice");
        Path file = Path.of("mmaptest");
        fill(file, "\n".repeat(MappedMemory.pageSize()));
        Lesson.step("filled %s with one page: %d line feeds", file, MappedMemory.pageSize());

        try (MappedMemory memory = MappedMemory.open(file)) {
            write(memory.bytes(), "now we are in memory\n");
            Lesson.pause(Duration.ofSeconds(10));
            write(memory.bytes(), "again\n"); // shorter: the end of the old text stays behind it
        }
    }

    /** Put at the beginning, and seen by Bob: no call to the system, no copy, and nobody told. */
    private static void write(ByteBuffer memory, String text) {
        memory.put(text.getBytes(US_ASCII));
        Lesson.step("put %d bytes into memory; no system call", text.length());
    }

    /** Written over and then cut: a file that gets shorter ends a process that has mapped it. The umask makes it 0755. */
    private static void fill(Path file, String content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(CREATE, READ, WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")))) {
            channel.write(ByteBuffer.wrap(content.getBytes(US_ASCII)));
            channel.truncate(content.length());
        }
    }
}
