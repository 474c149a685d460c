package org.ipckit.demos.pipes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.ipckit.demos.Lesson;
import org.ipckit.pipes.NamedPipe;
import org.ipckit.pipes.PipeWriter;

/** Writes one message into the named pipe that Alice has made. */
public final class Bob {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Bob() {}

    public static void main(String[] args) {
        Lesson.of("Bob");
        String message = args.length > 0 ? args[0] : "TERRiBLe_looking-machine-oUTput";
        ByteBuffer frame = frame(message);

        // Says which is missing after five seconds: the FIFO, or somebody who reads from it.
        try (PipeWriter pipe = NamedPipe.at(Path.of("fifo")).openToWrite(Lesson.shortened(PATIENCE))) {
            Lesson.step("opened fifo to write: somebody reads from it");
            // One write: up to 4096 bytes go in as a whole, and never between those of another Bob.
            boolean written = frame.remaining() <= NamedPipe.ATOMIC_BYTES
                    ? pipe.write(frame, PATIENCE)
                    : pipe.writeInPieces(frame, PATIENCE);
            if (!written) {
                throw new IllegalStateException("the pipe is full, and Alice does not read");
            }
            Lesson.step("wrote %d bytes: %.40s", frame.capacity(), UTF_8.decode(frame.rewind()));
        }
    }

    /** An X, the length in bytes as four digits, the bytes. */
    static ByteBuffer frame(String message) {
        byte[] body = message.getBytes(UTF_8);
        if (body.length > 9999) {
            throw new IllegalArgumentException(
                    "a message of " + body.length + " bytes: its length has four digits, so 9999 are the most");
        }
        byte[] header = String.format(Locale.ROOT, "X%04d", body.length).getBytes(UTF_8);
        return ByteBuffer.allocate(header.length + body.length)
                .put(header)
                .put(body)
                .flip();
    }
}
