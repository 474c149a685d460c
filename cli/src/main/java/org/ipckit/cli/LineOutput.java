package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Prints whole lines: any thread may print, and no line comes between the parts of another. */
final class LineOutput {

    private static final int BUFFER_BYTES = 64 << 10;

    private final BufferedOutputStream out;

    LineOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /**
     * Prints one line; it may stay in the buffer until {@link #flush}.
     *
     * @throws OutputFailedException if nobody takes it
     */
    synchronized void print(String line) {
        try {
            out.write(line.getBytes(UTF_8));
            out.write('\n');
        } catch (IOException refused) {
            throw new OutputFailedException(refused);
        }
    }

    /**
     * Moves out what was printed.
     *
     * @throws OutputFailedException if nobody takes it
     */
    synchronized void flush() {
        try {
            out.flush();
        } catch (IOException refused) {
            throw new OutputFailedException(refused);
        }
    }
}
