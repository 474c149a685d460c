package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.ipckit.transport.spi.ByteStream;
import org.ipckit.transport.spi.Newcomer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records may come and go in pieces of any size. */
@Timeout(120)
class TlsStreamTest {

    private static final int MANY = 10_000_000;

    @TempDir
    private static Path keysFolder;

    private static SSLContext context;

    private ChoppedStream[] line;
    private Newcomer one;
    private Newcomer other;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        TestKeys keys = new TestKeys(keysFolder);
        Path server = keys.keyStore("server");
        context = TestKeys.context(server, keys.trustStore("trust", server));
    }

    private static SSLEngine engine(String protocol, boolean client) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(new String[] {protocol});
        return engine;
    }

    /** Establishes TLS on a line that carries so many bytes at a time. */
    private void establish(String protocol, int most) throws IOException {
        line = ChoppedStream.line(most);
        one = TlsStream.on(line[0], engine(protocol, true), (failure, shown) -> failure);
        other = TlsStream.on(line[1], engine(protocol, false), (failure, shown) -> failure);
        boolean through = false;
        for (int step = 0; step < MANY && !through; step++) {
            boolean near = one.handshake().advance();
            through = other.handshake().advance() && near;
        }
        assertTrue(through, "the handshake goes on without an end");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,1,1", "TLSv1.3,1,50000", "TLSv1.3,7,300", "TLSv1.2,1,1", "TLSv1.2,1,50000", "TLSv1.2,7,300"})
    void recordsThatComeByteByByteAreReadAsTheyWereWritten(String protocol, int most, int readBytes)
            throws IOException {
        establish(protocol, most);
        byte[] sent = new byte[70_000];
        new Random(1).nextBytes(sent);

        assertArrayEquals(sent, carried(one.stream(), other.stream(), sent, readBytes));
        assertArrayEquals(sent, carried(other.stream(), one.stream(), sent, readBytes));
    }

    private static byte[] carried(ByteStream from, ByteStream to, byte[] bytes, int readBytes) throws IOException {
        ByteBuffer sending = ByteBuffer.wrap(bytes);
        ByteBuffer received = ByteBuffer.allocate(bytes.length);
        ByteBuffer into = ByteBuffer.allocateDirect(readBytes);
        for (int step = 0; step < MANY && received.hasRemaining(); step++) {
            if (sending.hasRemaining()) {
                from.write(sending);
            }
            from.flush();
            int before = into.clear().position();
            int count = to.read(into);
            assertEquals(count, into.position() - before);
            received.put(into.flip());
        }
        return received.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void whatHasNotGoneKeepsMoreFromBeingTaken(String protocol) throws IOException {
        establish(protocol, 1);
        ByteBuffer message = ByteBuffer.allocate(1000);
        assertEquals(1000, one.stream().write(message));
        assertFalse(one.stream().flush());
        assertEquals(0, one.stream().write(ByteBuffer.allocate(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theGoodbyeIsTheEndOfTheStream(String protocol) throws IOException {
        establish(protocol, 3);
        boolean said = false;
        int count = 0;
        for (int step = 0; step < MANY && (!said || count == 0); step++) {
            said = one.stream().sayGoodbye();
            count = other.stream().read(ByteBuffer.allocate(10));
        }
        assertEquals(-1, count);
        assertEquals(-1, other.stream().read(ByteBuffer.allocate(10)));
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,0", "TLSv1.3,20", "TLSv1.2,0", "TLSv1.2,20"})
    void anEndWithoutGoodbyeIsAFailureEachTime(String protocol, int bytes) throws IOException {
        establish(protocol, 50);
        one.stream().write(ByteBuffer.allocate(bytes));
        line[1].cut();
        ByteBuffer into = ByteBuffer.allocate(100);
        for (int call = 0; call < 2; call++) {
            EOFException end = assertThrows(EOFException.class, () -> readOn(other.stream(), into));
            assertTrue(end.getMessage().contains("goodbye"), end.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aBitThatWasChangedIsAFailureAndWhatCameBeforeItIsRead(String protocol) throws IOException {
        establish(protocol, 100);
        byte[] message = {1, 2, 3};
        assertArrayEquals(message, carried(one.stream(), other.stream(), message, 100));
        ByteBuffer bad = ByteBuffer.wrap(message);
        for (int step = 0; step < MANY && (bad.hasRemaining() || !one.stream().flush()); step++) {
            one.stream().write(bad);
        }
        line[1].spoil();
        ByteBuffer into = ByteBuffer.allocate(100);
        assertThrows(IOException.class, () -> readOn(other.stream(), into));
        assertEquals(0, into.position());
    }

    private static void readOn(ByteStream stream, ByteBuffer into) throws IOException {
        for (int step = 0; step < MANY && into.hasRemaining(); step++) {
            if (stream.read(into) < 0) {
                return;
            }
        }
    }
}
