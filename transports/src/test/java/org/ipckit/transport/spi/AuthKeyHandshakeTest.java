package org.ipckit.transport.spi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.CorruptMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthKeyHandshakeTest {

    private static final Address ADDRESS = Address.parse("test://here");
    private static final AuthKey KEY = AuthKey.of("Do not let eve find us!".getBytes(US_ASCII));
    private static final AuthKey WRONG = AuthKey.of((byte) 1);

    /** What the listener says is read by the client, and the other way round. */
    private final ScriptedStream down = new ScriptedStream();

    private final ScriptedStream up = new ScriptedStream();
    private final ByteStream atListener = new Ends(up, down);
    private final ByteStream atClient = new Ends(down, up);

    /** One end of two scripted directions. */
    private record Ends(ScriptedStream in, ScriptedStream out) implements ByteStream {

        @Override
        public int read(ByteBuffer into) throws IOException {
            return in.read(into);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            return out.write(from);
        }

        @Override
        public boolean flush() {
            return out.flush();
        }

        @Override
        public SelectableChannel readable() {
            throw new UnsupportedOperationException("nobody waits for it");
        }

        @Override
        public SelectableChannel writable() {
            throw new UnsupportedOperationException("nobody waits for it");
        }

        @Override
        public void close() {}
    }

    private Handshake listener(AuthKey key) {
        return AuthKeyHandshake.ofListener(ADDRESS, atListener, key);
    }

    private Handshake client(AuthKey key) {
        return AuthKeyHandshake.ofClient(ADDRESS, atClient, key);
    }

    private static void say(ByteStream stream, byte[]... parts) throws IOException {
        int size = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer frame = ByteBuffer.allocate(4 + size).putInt(size);
        for (byte[] part : parts) {
            frame.put(part);
        }
        stream.write(frame.flip());
    }

    private static byte[] hear(ByteStream stream) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(4);
        assertEquals(4, stream.read(header));
        ByteBuffer body = ByteBuffer.allocate(header.getInt(0));
        assertEquals(body.capacity(), stream.read(body));
        return body.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    private static byte[] mac(String algorithm, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(KEY.bytes(), algorithm));
        return mac.doFinal(message);
    }

    private static byte[] after(String prefix, byte[] frame) {
        assertEquals(prefix, new String(frame, 0, prefix.length(), US_ASCII));
        return Arrays.copyOfRange(frame, prefix.length(), frame.length);
    }

    // ---------------------------------------------------------------- with each other

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void whoHaveTheSameKeyComeToAnEndHoweverFewBytesMoveAtATime(int chunk) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        IntSupplier some = () -> calls.incrementAndGet() % 2 * chunk;
        for (ScriptedStream each : new ScriptedStream[] {up, down}) {
            each.takes = some;
            each.gives = some;
        }
        Handshake listener = listener(KEY);
        Handshake client = client(KEY);
        boolean listenerDone = false;
        boolean clientDone = false;
        for (int turn = 0; turn < 2000 && !(listenerDone && clientDone); turn++) {
            listenerDone = listenerDone || listener.advance();
            clientDone = clientDone || client.advance();
        }

        assertTrue(listenerDone);
        assertTrue(clientDone);
        assertEquals(0, up.size());
        assertEquals(0, down.size());
    }

    @Test
    void noByteBehindTheHandshakeIsTaken() throws IOException {
        Handshake listener = listener(KEY);
        Handshake client = client(KEY);
        while (!client.advance()) {
            assertFalse(listener.advance());
        }
        say(atClient, ascii("a message"));

        assertTrue(listener.advance());

        assertEquals("a message", new String(hear(atListener), US_ASCII));
    }

    @Test
    void aWrongKeyIsRefusedOnBothSides() throws IOException {
        Handshake listener = listener(KEY);
        Handshake client = client(WRONG);
        assertFalse(listener.advance());
        assertFalse(client.advance());

        String atListenerSide =
                assertThrows(AccessDeniedException.class, listener::advance).getMessage();
        String atClientSide =
                assertThrows(AccessDeniedException.class, client::advance).getMessage();

        assertEquals("test://here: the peer does not have our key", atListenerSide);
        assertEquals("test://here: the peer does not accept our key", atClientSide);
    }

    @Test
    void aClientDoesNotTrustAListenerThatWelcomesAnybody() throws IOException {
        Handshake client = client(KEY);
        say(atListener, ascii("#CHALLENGE#{sha256}"), new byte[40]);
        say(atListener, ascii("#WELCOME#"));
        assertFalse(client.advance());
        hear(atListener);
        hear(atListener);
        say(atListener, ascii("{sha256}"), new byte[32]);

        assertThrows(AccessDeniedException.class, client::advance);
        assertEquals("#FAILURE#", new String(hear(atListener), US_ASCII));
    }

    @Test
    void aFrameOfMoreThan256BytesIsRefusedBeforeItHasCome() throws IOException {
        Handshake listener = listener(KEY);
        assertFalse(listener.advance());
        up.put(ByteBuffer.allocate(4).putInt(0, 257));
        CorruptMessageException refused = assertThrows(CorruptMessageException.class, listener::advance);
        assertTrue(refused.getMessage().contains("257 bytes, at most 256"), refused.getMessage());

        down.put(ByteBuffer.allocate(4).putInt(0, -1));
        hearAll(down);
        down.put(ByteBuffer.allocate(4).putInt(0, -1));
        assertThrows(CorruptMessageException.class, client(KEY)::advance);
    }

    private static void hearAll(ScriptedStream stream) throws IOException {
        stream.read(ByteBuffer.allocate(stream.size()));
    }

    @Test
    void anEndInTheMiddleIsAnEndOfFile() throws IOException {
        Handshake listener = listener(KEY);
        assertFalse(listener.advance());
        up.put(ByteBuffer.wrap(new byte[] {0, 0}));
        up.ended = true;

        assertThrows(EOFException.class, listener::advance);
    }

    @Test
    void whatIsNoChallengeIsNotAnswered() throws IOException {
        say(atListener, ascii("hello"));
        CorruptMessageException refused = assertThrows(CorruptMessageException.class, client(KEY)::advance);
        assertTrue(refused.getMessage().contains("does the peer use authkey-file too?"), refused.getMessage());

        say(atListener, ascii("#CHALLENGE#{md4}"), new byte[40]);
        assertTrue(assertThrows(CorruptMessageException.class, client(KEY)::advance)
                .getMessage()
                .contains("no digest that is known"));
        assertEquals(0, up.size());
    }

    @Test
    void itWantsToWriteOnlyWhileThereIsNoRoom() throws IOException {
        Handshake listener = listener(KEY);
        down.takes = ScriptedStream.NONE;
        assertFalse(listener.advance());
        assertTrue(listener.wantsToWrite());

        down.takes = ScriptedStream.ANY_NUMBER;
        down.holdsBack = true;
        assertFalse(listener.advance());
        assertTrue(listener.wantsToWrite(), "what the stream holds back has to go as well");

        down.holdsBack = false;
        assertFalse(listener.advance());
        assertFalse(listener.wantsToWrite());
    }

    // ---------------------------------------------------------------- with Python, acted

    @Test
    void aListenerWhoseKeyIsForMd5TooTakesTheAnswersOfPython311() throws Exception {
        Handshake listener = listener(KEY.withMd5());
        assertFalse(listener.advance());
        byte[] challenge = after("#CHALLENGE#", hear(atClient));
        assertTrue(new String(challenge, US_ASCII).startsWith("{sha256}"));
        assertEquals(48, challenge.length);
        say(atClient, mac("HmacMD5", challenge));
        assertFalse(listener.advance());
        assertEquals("#WELCOME#", new String(hear(atClient), US_ASCII));

        byte[] legacy = new byte[20];
        say(atClient, ascii("#CHALLENGE#"), legacy);
        assertFalse(listener.advance());
        assertArrayEquals(mac("HmacMD5", legacy), hear(atClient));
        say(atClient, ascii("#WELCOME#"));
        assertTrue(listener.advance());
    }

    @Test
    void otherwiseMd5IsNeitherTakenNorGiven() throws Exception {
        Handshake listener = listener(KEY);
        assertFalse(listener.advance());
        say(atClient, mac("HmacMD5", after("#CHALLENGE#", hear(atClient))));
        AccessDeniedException answered = assertThrows(AccessDeniedException.class, listener::advance);
        assertTrue(answered.getMessage().contains("PythonListener"), answered.getMessage());
        assertEquals("#FAILURE#", new String(hear(atClient), US_ASCII));

        for (byte[] asked : List.of(new byte[20], Arrays.copyOf(ascii("{md5}"), 45))) {
            say(atListener, ascii("#CHALLENGE#"), asked);
            AccessDeniedException asking = assertThrows(AccessDeniedException.class, client(KEY)::advance);
            assertTrue(asking.getMessage().contains("PythonClient"), asking.getMessage());
        }
        assertEquals(0, up.size());
    }

    @Test
    void aListenerTakesTheAnswersOfPython312() throws Exception {
        Handshake listener = listener(KEY);
        assertFalse(listener.advance());
        byte[] challenge = after("#CHALLENGE#", hear(atClient));
        say(atClient, ascii("{sha256}"), mac("HmacSHA256", challenge));
        assertFalse(listener.advance());
        assertEquals("#WELCOME#", new String(hear(atClient), US_ASCII));

        byte[] modern = Arrays.copyOf(ascii("{sha256}"), 48);
        say(atClient, ascii("#CHALLENGE#"), modern);
        assertFalse(listener.advance());
        assertArrayEquals(mac("HmacSHA256", modern), after("{sha256}", hear(atClient)));
        say(atClient, ascii("#WELCOME#"));
        assertTrue(listener.advance());
    }

    @ParameterizedTest
    @CsvSource({
        "md5, HmacMD5",
        "sha256, HmacSHA256",
        "sha384, HmacSHA384",
        "sha3_256, HmacSHA3-256",
        "sha3_384, HmacSHA3-384"
    })
    void aChallengeIsAnsweredInTheDigestItNamesOverAllOfIt(String name, String algorithm) throws Exception {
        byte[] challenge = Arrays.copyOf(ascii("{" + name + "}"), name.length() + 42);
        say(atListener, ascii("#CHALLENGE#"), challenge);
        Handshake client = client(KEY.withMd5());

        assertFalse(client.advance());

        assertArrayEquals(mac(algorithm, challenge), after("{" + name + "}", hear(atListener)));
    }

    @Test
    void aDigestOverLessThanTheWholeChallengeIsRefused() throws Exception {
        Handshake listener = listener(KEY);
        assertFalse(listener.advance());
        byte[] random = after("#CHALLENGE#{sha256}", hear(atClient));
        say(atClient, ascii("{sha256}"), mac("HmacSHA256", random));

        assertThrows(AccessDeniedException.class, listener::advance);
    }

    @Test
    void theKeyIsShownNowhere() {
        assertEquals("AuthKey[23 bytes, not shown]", KEY.toString());
    }
}
