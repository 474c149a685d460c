package org.ipckit.sockets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who does not speak TLS, or does not finish its first sentence, keeps nobody else from being served. */
@Timeout(60)
class TlsStrangersTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path keysFolder;

    private static SSLContext context;
    private static TlsTransport transport;

    private Listener listener;
    private Connection guest;
    private Connection host;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        TestKeys keys = new TestKeys(keysFolder);
        Path server = keys.keyStore("server", "-ext", TestKeys.LOCALHOST);
        context = TestKeys.context(server, keys.trustStore("trust", server));
        transport = new TlsTransport(context);
    }

    @BeforeEach
    void serveSomebody() {
        listener = transport.listen(Address.parse("tls://127.0.0.1:0"));
        guest = transport.connect(listener.address(), SOON);
        host = listener.accept();
    }

    @AfterEach
    void end() {
        guest.close();
        host.close();
        listener.close();
    }

    private Socket stranger() throws IOException {
        String target = listener.address().target();
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)));
    }

    private void assertServes() {
        assertTalk(guest, host);
        try (Connection next = transport.connect(listener.address(), SOON);
                Connection accepted = listener.accept()) {
            assertTalk(next, accepted);
        }
    }

    private static void assertTalk(Connection one, Connection other) {
        one.send(Message.utf8("hello"));
        assertEquals(Message.utf8("hello"), other.receive());
        other.send(Message.utf8("and back"));
        assertEquals(Message.utf8("and back"), one.receive());
    }

    /** What a client says first. */
    private static byte[] clientHello() throws IOException {
        SSLEngine client = context.createSSLEngine("127.0.0.1", 1);
        client.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(client.getSession().getPacketBufferSize());
        client.wrap(ByteBuffer.allocate(0), hello);
        byte[] bytes = new byte[hello.flip().remaining()];
        hello.get(bytes);
        return bytes;
    }

    /** Returns when the listener has sent the stranger away. */
    private static void awaitEnd(Socket stranger) throws IOException {
        stranger.setSoTimeout((int) SOON.toMillis());
        try {
            stranger.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            assertEquals("Connection reset", reset.getMessage());
        }
    }

    @Test
    void plainBytesEndTheirConnectionOnly() throws IOException {
        for (byte[] words : new byte[][] {
            {0, 0, 0, 5, 'h', 'e', 'l', 'l', 'o'},
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII),
            {(byte) 0x80, 46, 1, 3, 1, 0, 21, 0, 0, 0, 16},
            {0x16, 9, 9, 0, 1, 0},
            {0x16, 3, 3, (byte) 0xff, (byte) 0xff, 1},
            {0x15, 3, 3, 0, 2, 2, 40}
        }) {
            try (Socket stranger = stranger()) {
                stranger.getOutputStream().write(words);
                awaitEnd(stranger);
            }
            assertServes();
        }
    }

    @Test
    void noiseBehindTheFirstBytesOfTlsEndsItsConnectionOnly() throws IOException {
        Random random = new Random(20261121);
        byte[] hello = clientHello();
        for (int round = 0; round < 50; round++) {
            byte[] noise = hello.clone();
            for (int change = 0; change < 1 + round / 5; change++) {
                noise[5 + random.nextInt(noise.length - 5)] = (byte) random.nextInt();
            }
            try (Socket stranger = stranger()) {
                stranger.getOutputStream().write(noise);
                stranger.shutdownOutput();
                awaitEnd(stranger);
            }
        }
        assertServes();
    }

    @Test
    void halfASentenceAndSilenceKeepsNobodyWaitingAndIsSentAway() throws IOException {
        byte[] hello = clientHello();
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int count = 0; count < 20; count++) {
                Socket stranger = stranger();
                strangers.add(stranger);
                stranger.getOutputStream().write(hello, 0, hello.length / 2);
            }
            assertServes();
            for (Socket stranger : strangers) {
                awaitEnd(stranger);
            }
        } finally {
            for (Socket stranger : strangers) {
                stranger.close();
            }
        }
        assertServes();
    }

    @Test
    void whoComesAndGoesWithoutAWordHarmsNobody() throws IOException {
        for (int count = 0; count < 50; count++) {
            stranger().close();
        }
        assertServes();
    }
}
