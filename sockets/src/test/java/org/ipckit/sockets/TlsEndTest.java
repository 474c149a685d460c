package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A goodbye of TLS is the end, and anything else is a loss. */
@Timeout(60)
class TlsEndTest extends TlsFixture {

    @Test
    void whatWasAcceptedBeforeCloseIsReceivedBeforeTheEnd() {
        for (int round = 0; round < 5; round++) {
            try (Listener listener = transport.listen(listening())) {
                Connection connection = transport.connect(trusting(listener), SOON);
                int count = 0;
                while (count < 4000
                        && connection.offer(Message.of(new byte[500]).asByteBuffer(), Duration.ZERO)) {
                    count++;
                }
                Thread closing = new Thread(connection::close);
                closing.start();
                try (Connection accepted = listener.accept()) {
                    for (int number = 0; number < count; number++) {
                        assertEquals(500, accepted.receive().size());
                    }
                    ConnectionClosedException end =
                            assertThrows(ConnectionClosedException.class, () -> accepted.receive(SOON));
                    assertEquals(By.PEER, end.by(), end.getMessage());
                }
                joined(closing);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theGoodbyeOfTlsIsThePeersEnd(String protocol) {
        try (Listener listener = transport.listen(listening().withOption("protocols", protocol))) {
            Connection connection = transport.connect(trusting(listener), SOON);
            connection.send(Message.utf8("last words"));
            connection.close();

            try (Connection accepted = listener.accept()) {
                assertEquals(Message.utf8("last words"), accepted.receive());
                ConnectionClosedException end =
                        assertThrows(ConnectionClosedException.class, () -> accepted.receive(SOON));
                assertEquals(By.PEER, end.by(), end.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aLineThatIsCutBetweenTwoMessagesIsALoss(String protocol) throws IOException, GeneralSecurityException {
        try (Listener listener = transport.listen(listening().withOption("protocols", protocol));
                Socket line = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
            SSLSocket peer = (SSLSocket) TestKeys.context(client, trustServer)
                    .getSocketFactory()
                    .createSocket(line, "127.0.0.1", port(listener), false);
            peer.getOutputStream().write(new byte[] {0, 0, 0, 2, 'h', 'i'});
            try (Connection accepted = listener.accept()) {
                assertEquals(Message.utf8("hi"), accepted.receive());
                line.shutdownOutput();
                ConnectionClosedException end =
                        assertThrows(ConnectionClosedException.class, () -> accepted.receive(SOON));
                assertEquals(By.LOSS, end.by(), end.getMessage());
                assertTrue(end.getMessage().contains("without the goodbye of TLS"), end.getMessage());
            }
        }
    }

    @Test
    void aPeerThatNegotiatesAgainIsRefused() throws IOException, GeneralSecurityException {
        try (Listener listener = transport.listen(listening().withOption("protocols", "TLSv1.2"));
                SSLSocket peer = (SSLSocket) TestKeys.context(client, trustServer)
                        .getSocketFactory()
                        .createSocket("127.0.0.1", port(listener))) {
            peer.getOutputStream().write(new byte[] {0, 0, 0, 2, 'h', 'i'});
            Connection accepted = listener.accept();
            assertEquals(Message.utf8("hi"), accepted.receive());
            CompletableFuture<Void> again = CompletableFuture.runAsync(() -> {
                try {
                    peer.startHandshake();
                } catch (IOException refused) {
                    throw new UncheckedIOException(refused);
                }
            });
            ConnectionClosedException end = assertThrows(ConnectionClosedException.class, () -> accepted.receive(SOON));
            accepted.close();
            assertEquals(By.LOSS, end.by(), end.getMessage());
            assertTrue(end.getMessage().contains("negotiate TLS again"), end.getMessage());
            assertTrue(again.handle((done, refused) -> true).join());
        }
    }

    private static int port(Listener listener) {
        String target = listener.address().target();
        return Integer.parseInt(target.substring(target.lastIndexOf(':') + 1));
    }
}
