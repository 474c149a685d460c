package org.ipckit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class MessageTextTest {

    @Test
    void textIsPrintedAsItIs() {
        assertEquals("Grüße, \\n \"日本\" 👩‍🚀", text("Grüße, \\n \"日本\" 👩‍🚀"));
    }

    @Test
    void whatEndsALineOrSteersTheTerminalIsEscaped() {
        assertEquals(
                "a\\nb\\r\\tc\\u0000\\u001b[2J\\u007f\\u0085\\u2028\\u2029",
                text("a\nb\r\tc\0\33[2J\177\u0085\u2028\u2029"));
    }

    @Test
    void whatIsNotUtf8IsPrintedInHexadecimal() {
        assertEquals("0x41ff0a", MessageText.of(ByteBuffer.wrap(new byte[] {0x41, (byte) 0xff, '\n'})));
    }

    @Test
    void anEmptyMessageIsAnEmptyLine() {
        assertEquals("", text(""));
    }

    @Test
    void theBufferIsReadButNotConsumed() {
        ByteBuffer message = ByteBuffer.wrap("xhellox".getBytes(UTF_8), 1, 5).slice();

        assertEquals("hello", MessageText.of(message));
        assertEquals(5, message.remaining());
    }

    private static String text(String message) {
        return MessageText.of(ByteBuffer.wrap(message.getBytes(UTF_8)).asReadOnlyBuffer());
    }
}
