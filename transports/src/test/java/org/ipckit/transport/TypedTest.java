package org.ipckit.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.inproc.InProcessTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TypedTest {

    /** Text as UTF-8; one that says so cannot be encoded, one with a question mark not decoded. */
    private static final Codec<String> TEXT = new Codec<>() {
        @Override
        public int encode(String text, ByteBuffer buffer) {
            if (text.equals("unspeakable")) {
                throw new CodecException("encode: unspeakable");
            }
            byte[] bytes = text.getBytes(UTF_8);
            buffer.put(bytes); // a BufferOverflowException moves nothing
            return bytes.length;
        }

        @Override
        public String decode(ByteBuffer buffer) {
            String text = UTF_8.decode(buffer.duplicate()).toString();
            if (text.contains("?")) {
                throw new CodecException("decode: no answers here");
            }
            return text;
        }
    };

    private static final Address ADDRESS = Address.parse("inproc://typed?max-message=5000");

    private Typed<String> near;
    private Typed<String> far;
    private Counting claims;

    @BeforeEach
    void connect() {
        InProcessTransport transport = new InProcessTransport();
        try (Listener listener = transport.listen(ADDRESS)) {
            claims = new Counting(transport.connect(ADDRESS, ZERO));
            near = Typed.over(claims, TEXT);
            far = Typed.over(listener.accept(), TEXT);
        }
    }

    @AfterEach
    void close() {
        near.close();
        far.close();
    }

    @Test
    void whatIsSentIsReceived() {
        near.send("hello");
        assertTrue(near.offer("", ZERO));

        assertEquals("hello", far.receive());
        assertEquals(Optional.of(""), far.receive(ZERO));
        assertEquals(Optional.empty(), far.receive(ZERO));
    }

    @Test
    void pollHandsOverValuesAndNeverWaits() {
        List<String> received = new ArrayList<>();
        assertEquals(0, far.poll(received::add, 5));
        near.send("a");
        near.send("b");
        near.send("c");

        assertEquals(2, far.poll(received::add, 2));
        assertEquals(1, far.poll(received::add, 2));

        assertEquals(List.of("a", "b", "c"), received);
    }

    @Test
    void aValueThatNeedsMoreThanWasClaimedIsEncodedAgainAndTheNextOneIsNot() {
        String large = "x".repeat(3000);

        near.send(large);
        int first = claims.made;
        near.send(large);

        assertEquals(large, far.receive());
        assertEquals(large, far.receive());
        assertEquals(4, first, "claims of 512, 1024, 2048 and 4096 bytes");
        assertEquals(first + 1, claims.made);
    }

    @Test
    void exactlyTheLargestMessageGoesThroughAndOneByteMoreIsRefused() {
        near.send("x".repeat(5000));
        MessageTooLargeException refused =
                assertThrows(MessageTooLargeException.class, () -> near.send("x".repeat(5001)));
        near.send("still works");

        assertEquals(
                "offer to " + ADDRESS + ": the value does not fit into a message, this transport carries at most 5000"
                        + " bytes",
                refused.getMessage());
        assertEquals("x".repeat(5000), far.receive());
        assertEquals("still works", far.receive());
    }

    @Test
    void aValueThatCannotBeEncodedIsNotSentAndTheConnectionWorks() {
        assertThrows(CodecException.class, () -> near.send("unspeakable"));
        assertThrows(NullPointerException.class, () -> near.send(null));
        near.send("next");

        assertEquals("next", far.receive());
    }

    @Test
    void aMessageThatIsNoValueIsConsumedAndTheConnectionWorks() {
        near.send("why?");
        near.send("so");
        near.send("why?");
        near.send("there");

        CodecException refused = assertThrows(CodecException.class, far::receive);
        assertEquals("receive from " + far.connection().address() + ": decode: no answers here", refused.getMessage());
        assertEquals("so", far.receive());
        List<String> polled = new ArrayList<>();
        assertThrows(CodecException.class, () -> far.poll(polled::add, 5));
        assertEquals(1, far.poll(polled::add, 5));
        assertEquals(List.of("there"), polled);
    }

    @Test
    void aFullConnectionRefusesAValueWhenTheTimeIsOver() {
        int accepted = 0;
        while (near.offer("x".repeat(5000), ZERO)) {
            accepted++;
        }
        long start = System.nanoTime();
        assertFalse(near.offer("x".repeat(5000), Duration.ofMillis(50)));

        assertTrue(System.nanoTime() - start >= Duration.ofMillis(50).toNanos());
        for (int at = 0; at < accepted; at++) {
            assertEquals(5000, far.receive().length());
        }
        assertEquals(Optional.empty(), far.receive(ZERO));
    }

    @Test
    void closingItClosesTheConnection() {
        near.send("last words");
        near.close();

        assertFalse(near.connection().isOpen());
        assertEquals("last words", far.receive());
        assertEquals(
                By.PEER,
                assertThrows(ConnectionClosedException.class, far::receive).by());
        assertEquals(
                By.THIS_SIDE,
                assertThrows(ConnectionClosedException.class, () -> near.send("more"))
                        .by());
        assertSame(claims, near.connection());
    }

    /** Counts claims. */
    private static final class Counting extends ForwardingConnection {

        private int made;

        Counting(Connection connection) {
            super(connection);
        }

        @Override
        public Claim claim(int sizeBytes, Duration timeout) {
            made++;
            return super.claim(sizeBytes, timeout);
        }
    }
}
