package org.ipckit.demos.mistakes;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.ipckit.pipes.NamedPipe;
import org.ipckit.pipes.PipeReader;
import org.ipckit.pipes.PipeWriter;

/** Two write messages into the same pipe, one of a's and one of b's: longer than 4096 bytes, and not. */
public final class MixedMessages {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MESSAGES = 1000;

    private MixedMessages() {}

    public static void main(String[] args) throws Exception {
        for (int size : new int[] {5000, NamedPipe.ATOMIC_BYTES}) {
            NamedPipe fifo = NamedPipe.create(Path.of("fifo"));
            System.out.println(
                    "2 x " + MESSAGES + " messages of " + size + " bytes: " + mixed(fifo, size) + " of them mixed");
            fifo.delete();
        }
    }

    private static int mixed(NamedPipe fifo, int size) throws InterruptedException {
        try (PipeReader reader = fifo.openToRead(PipeReader.AtEnd.WAIT)) {
            Thread anna = new Thread(() -> write(fifo, 'a', size));
            Thread ben = new Thread(() -> write(fifo, 'b', size));
            anna.start();
            ben.start();
            int mixed = 0;
            for (int message = 0; message < 2 * MESSAGES; message++) {
                mixed += isMixed(read(reader, size)) ? 1 : 0;
            }
            anna.join();
            ben.join();
            return mixed;
        }
    }

    private static void write(NamedPipe fifo, char letter, int size) {
        byte[] message = new byte[size];
        Arrays.fill(message, (byte) letter);
        try (PipeWriter writer = fifo.openToWrite(PATIENCE)) {
            for (int i = 0; i < MESSAGES; i++) {
                writer.writeInPieces(ByteBuffer.wrap(message), PATIENCE); // up to 4096 bytes there is one piece
            }
        }
    }

    private static byte[] read(PipeReader reader, int size) {
        ByteBuffer message = ByteBuffer.allocate(size);
        while (message.hasRemaining()) {
            if (reader.read(message, PATIENCE) == 0) {
                throw new IllegalStateException("nobody writes");
            }
        }
        return message.array();
    }

    private static boolean isMixed(byte[] message) {
        for (byte letter : message) {
            if (letter != message[0]) {
                return true;
            }
        }
        return false;
    }
}
