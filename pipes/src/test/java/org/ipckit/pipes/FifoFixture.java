package org.ipckit.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** Where the FIFO of a test is, and what the test writes into it and reads from it. */
abstract class FifoFixture {

    static final Duration SOON = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    Path path() {
        return folder.resolve("fifo");
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static ByteBuffer filled(byte mark, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            bytes.put(mark);
        }
        return bytes.flip();
    }

    /** Reads so many bytes. */
    static String text(PipeReader reader, int size) {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            assertTrue(reader.read(bytes, SOON) > 0, () -> "after " + bytes);
        }
        return UTF_8.decode(bytes.flip()).toString();
    }
}
