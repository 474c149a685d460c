package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Listener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is refused is told why and what to do, and the listener serves the next. */
@Timeout(60)
class TlsRefusalTest extends TlsFixture {

    private static Path otherHost;
    private static Path trustOtherHost;

    @BeforeAll
    static void makeKeysOfAnotherHost() throws IOException, InterruptedException, GeneralSecurityException {
        otherHost = keys.keyStore("elsewhere", "-ext", "san=dns:elsewhere.example");
        trustOtherHost = keys.trustStore("trust-elsewhere", otherHost);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateThatIsNotTrustedIsRefusedWithTheRemedyAtOnce(String protocol) {
        try (Listener listener = transport.listen(listening().withOption("protocols", protocol))) {
            // Without a trust store the JVM's own is asked, which does not know it.
            for (Address address : new Address[] {
                bare(listener), with(bare(listener), "trust-store", trustClient),
            }) {
                ConnectFailedException refused = assertThrows(
                        ConnectFailedException.class, () -> transport.connect(address, Duration.ofDays(1)));
                assertTrue(refused.getMessage().contains("certificate is not trusted"), refused.getMessage());
                assertTrue(refused.getMessage().contains("trust-store=FILE"), refused.getMessage());
            }
            assertServes(listener, trusting(listener));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void aCertificateOfAnotherHostIsRefusedUnlessNobodyAsks(String host) {
        try (Listener listener = transport.listen(with(at(host + ":0"), "key-store", otherHost))) {
            Address address = with(bare(listener), "trust-store", trustOtherHost);
            ConnectFailedException refused =
                    assertThrows(ConnectFailedException.class, () -> transport.connect(address, Duration.ofDays(1)));
            assertTrue(refused.getMessage().contains("not valid for the host " + host), refused.getMessage());
            assertTrue(refused.getMessage().contains("verify-host=false"), refused.getMessage());

            assertServes(listener, address.withOption("verify-host", "false"));
        }
    }

    @Test
    void aCertificateThatHasExpiredIsRefused() throws IOException, InterruptedException, GeneralSecurityException {
        Path authority = keys.keyStore("authority", "-ext", "bc:c");
        Path old = keys.keyStore("old");
        keys.sign(old, authority, "-ext", TestKeys.LOCALHOST, "-startdate", "-10d", "-validity", "5");
        try (Listener listener = transport.listen(with(at("127.0.0.1:0"), "key-store", old))) {
            Address address = with(bare(listener), "trust-store", keys.trustStore("trust-authority", authority));
            ConnectFailedException refused =
                    assertThrows(ConnectFailedException.class, () -> transport.connect(address, SOON));
            assertTrue(refused.getMessage().contains("not valid now"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientWithoutTheCertificateThatIsNeededIsToldSo(String protocol) {
        Address asking = with(listening(), "trust-store", trustClient)
                .withOption("client-auth", "need")
                .withOption("protocols", protocol);
        try (Listener listener = transport.listen(asking)) {
            AccessDeniedException refused =
                    assertThrows(AccessDeniedException.class, () -> transport.connect(trusting(listener), SOON));
            assertTrue(refused.getMessage().contains("wants a client certificate"), refused.getMessage());
            assertTrue(refused.getMessage().contains("key-store=FILE"), refused.getMessage());
            assertServes(listener, with(trusting(listener), "key-store", client));
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,need", "TLSv1.2,need", "TLSv1.3,want", "TLSv1.2,want"})
    void aClientWithACertificateThatIsNotTrustedIsToldSo(String protocol, String clientAuth)
            throws IOException, GeneralSecurityException {
        Address asking = with(listening(), "trust-store", trustClient)
                .withOption("client-auth", clientAuth)
                .withOption("protocols", protocol);
        // A client of files shows nothing that the listener does not ask for; this one shows what it has.
        TlsTransport stubborn = new TlsTransport(StubbornKeys.context(otherHost, trustServer));
        try (Listener listener = transport.listen(asking)) {
            AccessDeniedException refused =
                    assertThrows(AccessDeniedException.class, () -> stubborn.connect(bare(listener), SOON));
            assertTrue(refused.getMessage().contains("does not accept this side's certificate"), refused.getMessage());
            assertServes(listener, with(trusting(listener), "key-store", client));
        }
    }

    @Test
    void twoSidesWithoutACommonVersionSaySo() {
        try (Listener listener = transport.listen(listening().withOption("protocols", "TLSv1.3"))) {
            ConnectFailedException refused = assertThrows(
                    ConnectFailedException.class,
                    () -> transport.connect(trusting(listener).withOption("protocols", "TLSv1.2"), SOON));
            assertTrue(refused.getMessage().contains("protocols="), refused.getMessage());
            assertServes(listener, trusting(listener));
        }
    }

    @Test
    void aListenerThatDoesNotSpeakTlsIsAFailureWithinTheTimeout() {
        try (Listener plain = new TcpTransport().listen(Address.parse("tcp://127.0.0.1:0"))) {
            Address address = at(plain.address().target());
            ConnectFailedException silent =
                    assertThrows(ConnectFailedException.class, () -> transport.connect(address, Duration.ofSeconds(1)));
            assertTrue(silent.getMessage().contains("handshake was not finished within 1 s"), silent.getMessage());
        }
    }

    @Test
    void aListenerThatEndsOrAnswersInPlainIsAFailureAtOnce() throws IOException {
        try (ServerSocketChannel plain =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Address address = at("127.0.0.1:" + plain.socket().getLocalPort());
            String ended = whenPlain(plain, address, new byte[0]);
            assertTrue(ended.contains("does it speak tls?"), ended);
            String answered = whenPlain(plain, address, new byte[] {0, 0, 0, 1, 'x'});
            assertTrue(answered.contains("does not speak TLS"), answered);
        }
    }

    private String whenPlain(ServerSocketChannel plain, Address address, byte[] answer) {
        Thread answering = new Thread(() -> {
            try (SocketChannel one = plain.accept()) {
                one.read(ByteBuffer.allocate(4096));
                one.write(ByteBuffer.wrap(answer));
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        answering.start();
        String text = assertThrows(ConnectFailedException.class, () -> transport.connect(address, Duration.ofDays(1)))
                .getMessage();
        joined(answering);
        return text;
    }
}
