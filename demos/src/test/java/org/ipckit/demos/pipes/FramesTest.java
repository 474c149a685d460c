package org.ipckit.demos.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.ipckit.pipes.NamedPipe;
import org.ipckit.pipes.PipeReader;
import org.ipckit.pipes.PipeWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames go through a pipe whole, from any number of Bobs. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FramesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private NamedPipe fifo;

    @BeforeEach
    void makeFifo() {
        fifo = NamedPipe.create(folder.resolve("fifo"));
    }

    @Test
    void aFrameIsAnXTheLengthInBytesAndTheBytes() {
        assertEquals("X0005Howdy", text(Bob.frame("Howdy")));
        assertEquals("X0000", text(Bob.frame("")));
        assertEquals("X0005a\u00e9_b", text(Bob.frame("a\u00e9_b")));
        assertEquals(9999 + 5, Bob.frame("x".repeat(9999)).remaining());
        assertThrows(IllegalArgumentException.class, () -> Bob.frame("x".repeat(10_000)));
    }

    @Test
    void theFramesOfManyBobsAreNeverMixed() throws Exception {
        int bobs = 8;
        int each = 50;
        Map<Character, Integer> came = new TreeMap<>();
        try (PipeReader pipe = fifo.openToRead(PipeReader.AtEnd.REPORT)) {
            Thread[] threads = IntStream.range(0, bobs)
                    .mapToObj(bob -> new Thread(
                            () -> write(each, String.valueOf((char) ('a' + bob)).repeat(4000))))
                    .toArray(Thread[]::new);
            for (Thread bob : threads) {
                bob.start();
            }
            for (int i = 0; i < bobs * each; i++) {
                String message = Alice.nextMessage(pipe);
                assertEquals(message.substring(0, 1).repeat(4000), message);
                came.merge(message.charAt(0), 1, Integer::sum);
            }
            for (Thread bob : threads) {
                bob.join();
            }
        }
        assertEquals(bobs, came.size());
        came.values().forEach(count -> assertEquals(each, count));
    }

    private void write(int times, String message) {
        for (int i = 0; i < times; i++) {
            try (PipeWriter pipe = fifo.openToWrite(PATIENCE)) {
                pipe.write(Bob.frame(message), PATIENCE);
            }
        }
    }

    @Test
    void whatIsNoFrameIsOutOfSync() {
        for (String wrong : new String[] {"Y0001a", "X12", "X0a01a", "X0005abc"}) {
            try (PipeReader pipe = fifo.openToRead(PipeReader.AtEnd.REPORT)) {
                try (PipeWriter writer = fifo.openToWrite(PATIENCE)) {
                    writer.write(ByteBuffer.wrap(wrong.getBytes(UTF_8)), PATIENCE);
                }
                IllegalStateException refused =
                        assertThrows(IllegalStateException.class, () -> Alice.nextMessage(pipe), wrong);
                assertEquals("Out of sync!", refused.getMessage());
            }
        }
    }

    private static String text(ByteBuffer frame) {
        return UTF_8.decode(frame).toString();
    }
}
