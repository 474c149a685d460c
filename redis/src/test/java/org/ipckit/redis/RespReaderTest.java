package org.ipckit.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol of the server, byte by byte. */
class RespReaderTest {

    private static final String EVERYTHING =
            """
            +OK\r
            :-42\r
            $5\r
            hello\r
            $0\r
            \r
            _\r
            $-1\r
            *-1\r
            #t\r
            ,1.5\r
            -ERR no\r
            !3\r
            bad\r
            =7\r
            txt:abc\r
            *2\r
            :1\r
            *1\r
            +x\r
            %1\r
            +k\r
            :2\r
            ~1\r
            :3\r
            >3\r
            $7\r
            message\r
            $1\r
            c\r
            $2\r
            \r
            \r
            |1\r
            +a\r
            :1\r
            :7\r
            (12345678901234567890\r
            """;

    private static final List<String> READ = List.of(
            "OK",
            "-42",
            "hello",
            "",
            "nil",
            "nil",
            "nil",
            "1",
            "1.5",
            "ERR no",
            "bad",
            "txt:abc",
            "[1, [x]]",
            "[k, 2]",
            "[3]",
            "push [message, c, \r\n]",
            "7",
            "12345678901234567890");

    private final RespReader reader = new RespReader(100);

    private void feed(byte[] bytes, int from, int to) {
        reader.space().put(bytes, from, to - from);
        reader.filled();
    }

    private void feed(String text) {
        feed(text.getBytes(ISO_8859_1), 0, text.length());
    }

    private static String words(Object value) {
        if (value instanceof ByteBuffer bytes) {
            return ISO_8859_1.decode(bytes.duplicate()).toString();
        }
        if (value instanceof RespReader.Push push) {
            return "push " + words(push.parts());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RespReaderTest::words).toList().toString();
        }
        return value.toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void everyKindOfValueIsReadHoweverItComes(int chunk) throws IOException {
        byte[] bytes = EVERYTHING.getBytes(ISO_8859_1);
        List<String> read = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += chunk) {
            feed(bytes, at, Math.min(bytes.length, at + chunk));
            for (Object value = reader.next(); value != null; value = reader.next()) {
                read.add(words(value));
            }
        }
        assertEquals(READ, read);
    }

    @Test
    void aStringThatIsAnnouncedTooLongIsRefusedBeforeItHasCome() {
        feed("$101\r\n");
        assertEquals(
                101,
                assertThrows(RespReader.TooLongException.class, reader::next).sizeBytes());
    }

    @Test
    void theBufferGrowsWithWhatComes() throws IOException {
        RespReader large = new RespReader(1 << 20);
        byte[] bytes = new byte[1 << 20];
        bytes[12345] = 7;
        large.space().put("$1048576\r\n".getBytes(ISO_8859_1));
        large.filled();
        int at = 0;
        while (at < bytes.length) {
            assertNull(large.next());
            ByteBuffer space = large.space();
            int count = Math.min(space.remaining(), bytes.length - at);
            space.put(bytes, at, count);
            large.filled();
            at += count;
        }
        large.space().put("\r\n".getBytes(ISO_8859_1));
        large.filled();
        assertEquals(ByteBuffer.wrap(bytes), large.next());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                ":1x\r\n",
                "*99999999\r\n",
                "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n"
            })
    void whatNoServerSaysIsRefused(String text) {
        feed(text);
        assertThrows(IOException.class, reader::next);
    }

    @Test
    void aLineWithoutAnEndIsRefused() throws IOException {
        feed("+");
        assertNull(reader.next());
        byte[] much = new byte[10_000];
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 20; i++) {
                ByteBuffer space = reader.space();
                space.put(much, 0, Math.min(much.length, space.remaining()));
                reader.filled();
                reader.next();
            }
        });
    }

    @Test
    void nothingIsNothing() throws IOException {
        feed("_\r\n");
        assertSame(RespReader.NIL, reader.next());
    }
}
