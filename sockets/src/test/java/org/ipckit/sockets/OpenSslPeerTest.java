package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS is TLS: a peer that has nothing of Java talks to a listener as it is. */
@Timeout(60)
class OpenSslPeerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static TlsTransport transport;
    private static Path certificate;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        Required.program("openssl");
        TestKeys keys = new TestKeys(folder);
        Path server = keys.keyStore("server", "-ext", TestKeys.LOCALHOST);
        certificate = keys.pem(server);
        transport = new TlsTransport(TestKeys.context(server, keys.trustStore("trust", server)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void openSslTalksToAListenerAsItIs(String version) throws IOException, InterruptedException {
        try (Listener listener = transport.listen(Address.parse("tls://127.0.0.1:0"))) {
            Process peer = new ProcessBuilder(
                            "openssl",
                            "s_client",
                            "-quiet",
                            "-verify_return_error",
                            version,
                            "-CAfile",
                            certificate.toString(),
                            "-connect",
                            listener.address().target())
                    .redirectError(folder.resolve("said" + version).toFile())
                    .start();
            try {
                peer.getOutputStream().write(new byte[] {0, 0, 0, 5, 'h', 'e', 'l', 'l', 'o'});
                peer.getOutputStream().flush();
                try (Connection accepted = listener.accept(SOON).orElseThrow()) {
                    assertEquals(Message.utf8("hello"), accepted.receive(SOON).orElseThrow());
                    accepted.send(Message.utf8("yes"));
                    assertArrayEquals(
                            new byte[] {0, 0, 0, 3, 'y', 'e', 's'},
                            peer.getInputStream().readNBytes(7));
                    if (version.equals("-tls1_3")) {
                        // One that is stopped says no goodbye.
                        peer.destroyForcibly();
                        assertEquals(
                                By.LOSS,
                                assertThrows(ConnectionClosedException.class, () -> accepted.receive(SOON))
                                        .by());
                    }
                }
                assertTrue(peer.waitFor(SOON.toSeconds(), TimeUnit.SECONDS), "our goodbye ends the peer");
            } finally {
                peer.destroyForcibly();
            }
        }
    }
}
