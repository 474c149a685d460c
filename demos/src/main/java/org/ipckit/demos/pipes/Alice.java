package org.ipckit.demos.pipes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import org.ipckit.demos.Lesson;
import org.ipckit.pipes.NamedPipe;
import org.ipckit.pipes.PipeReader;

/** Makes a named pipe, and prints in plain words what comes out of it. */
public final class Alice {

    private Alice() {}

    public static void main(String[] args) {
        Lesson.of("Alice");
        NamedPipe fifo = NamedPipe.at(Path.of("fifo"));
        if (fifo.hasReader()) {
            throw new IllegalStateException("another Alice reads from fifo; two would each get a part of the bytes");
        }
        // One that is left of an Alice who was killed is as good as new: nothing is kept in a FIFO.
        NamedPipe.createIfAbsent(fifo.path(), PosixFilePermissions.fromString("rw-r--r--"));
        Lesson.atEnd(fifo::delete);
        Lesson.step("made the FIFO %s, mode 0644", fifo.path().toAbsolutePath());

        // Returns at once; the system's own open would hang until Bob has come.
        try (PipeReader pipe = fifo.openToRead(PipeReader.AtEnd.REPORT)) {
            Lesson.step("opened it to read, without waiting for a writer");
            while (true) {
                System.out.println(plainWords(nextMessage(pipe)));
            }
        }
    }

    /** A pipe has no boundaries. So a message is an X, its length in bytes as four digits, and the bytes. */
    static String nextMessage(PipeReader pipe) {
        String sign = new String(read(pipe, 1, false), US_ASCII);
        String length = sign.equals("X") ? new String(read(pipe, 4, true), US_ASCII) : "";
        if (!length.matches("[0-9]{4}")) {
            throw new IllegalStateException("Out of sync!");
        }
        byte[] body = read(pipe, Integer.parseInt(length), true);
        Lesson.step("read X%s and then %d bytes", length, body.length);
        return new String(body, UTF_8);
    }

    /** Waits until so many bytes have come. They may come in pieces, and no writer may be there for a while. */
    private static byte[] read(PipeReader pipe, int count, boolean withinMessage) {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            int come = pipe.read(bytes, Duration.ofSeconds(1)); // 0: nothing came, look again
            if (come == PipeReader.END && withinMessage) {
                throw new IllegalStateException("Out of sync!"); // the writer has left in the middle
            }
        }
        return bytes.array();
    }

    static String plainWords(String machineOutput) {
        return machineOutput.replace('_', ' ').replace('-', ' ').toLowerCase(Locale.ROOT);
    }
}
