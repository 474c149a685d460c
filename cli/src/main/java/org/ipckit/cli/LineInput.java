package org.ipckit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads lines as the bytes they are, as they come. One thread uses it. */
final class LineInput {

    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final int maxLineBytes;
    private final Runnable beforeReading;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int begin;
    private int end;
    private long lines;

    /**
     * Reads lines of at most so many bytes.
     *
     * @param beforeReading run before each read, which may wait
     */
    LineInput(InputStream in, int maxLineBytes, Runnable beforeReading) {
        this.in = in;
        this.maxLineBytes = maxLineBytes;
        this.beforeReading = beforeReading;
    }

    /**
     * Returns the next line without its line feed, valid until the next call; null after the last one, which needs no
     * line feed.
     *
     * @throws CommandFailedException if it is longer than a line may be
     */
    ByteBuffer next() throws IOException {
        int at = begin;
        while (true) {
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            if (at < end || at - begin > maxLineBytes) {
                return line(at, at + 1);
            }
            int searched = at - begin;
            if (!readMore()) {
                return searched == 0 ? null : line(end, end);
            }
            at = begin + searched;
        }
    }

    private ByteBuffer line(int lineEnd, int next) {
        lines++;
        int length = lineEnd - begin;
        if (length > maxLineBytes) {
            throw new CommandFailedException("line " + lines + " of standard input has more than the " + maxLineBytes
                    + " bytes a message may have (max-message=)");
        }
        ByteBuffer line = ByteBuffer.wrap(buffer, begin, length);
        begin = next;
        return line;
    }

    private boolean readMore() throws IOException {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, end - begin);
            end -= begin;
            begin = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(buffer.length * 2L, Integer.MAX_VALUE - 8L));
        }
        beforeReading.run();
        int count = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, count);
        return count >= 0;
    }
}
