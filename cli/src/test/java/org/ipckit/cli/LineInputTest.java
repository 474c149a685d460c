package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineInputTest {

    private int reads;

    @Test
    void theLastLineNeedsNoLineFeed() throws IOException {
        assertEquals(List.of("one", "", "three"), lines(input("one\n\nthree"), 100));
        assertEquals(List.of("one", ""), lines(input("one\n\n"), 100));
        assertEquals(List.of(), lines(input(""), 100));
    }

    @Test
    void aLineIsItsBytesAsTheyAre() throws IOException {
        byte[] bytes = {(byte) 0xff, '\r', 0, '\n'};

        ByteBuffer line = new LineInput(new ByteArrayInputStream(bytes), 100, () -> {}).next();

        assertEquals(ByteBuffer.wrap(bytes, 0, 3), line);
    }

    @Test
    void linesMayBeLongerThanWhatIsReadAtOnce() throws IOException {
        String longLine = "0123456789".repeat(30_000);

        assertEquals(
                List.of("short", longLine, longLine, "short"),
                lines(input("short\n" + longLine + "\n" + longLine + "\nshort"), longLine.length()));
    }

    @Test
    void linesThatComeByteByByteAreWhole() throws IOException {
        assertEquals(List.of("one", "two"), lines(dripping("one\ntwo\n"), 100));
    }

    @Test
    void aLineOfTheLargestSizeGoesThroughAndOneByteMoreIsRefused() throws IOException {
        assertEquals(List.of("12345", "12345"), lines(input("12345\n12345"), 5));

        String reason = assertThrows(CommandFailedException.class, () -> lines(input("ok\n123456\n"), 5))
                .getMessage();
        assertEquals("line 2 of standard input has more than the 5 bytes a message may have (max-message=)", reason);
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItIsAllRead() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return read(new byte[1], 0, 1) < 0 ? -1 : 'x';
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                reads += length;
                Arrays.fill(into, offset, offset + length, (byte) 'x');
                return length;
            }
        };

        assertThrows(CommandFailedException.class, () -> lines(endless, 1000));
        assertTrue(reads < 1_000_000, () -> "read " + reads + " bytes");
    }

    @Test
    void whatWasSentIsFlushedBeforeMoreIsWaitedFor() throws IOException {
        List<String> events = new ArrayList<>();
        LineInput lines = new LineInput(input("a\nb\n"), 10, () -> events.add("flush"));

        for (ByteBuffer line = lines.next(); line != null; line = lines.next()) {
            events.add(UTF_8.decode(line).toString());
        }

        assertEquals(List.of("flush", "a", "b", "flush"), events);
        assertNull(lines.next());
    }

    private static List<String> lines(InputStream in, int maxLineBytes) throws IOException {
        LineInput input = new LineInput(in, maxLineBytes, () -> {});
        List<String> lines = new ArrayList<>();
        for (ByteBuffer line = input.next(); line != null; line = input.next()) {
            lines.add(UTF_8.decode(line).toString());
        }
        return Collections.unmodifiableList(lines);
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream dripping(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(1, length));
            }
        };
    }
}
