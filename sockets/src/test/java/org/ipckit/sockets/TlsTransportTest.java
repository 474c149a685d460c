package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys, certificates and versions two sides may come with, and talk. */
@Timeout(60)
class TlsTransportTest extends TlsFixture {

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2", "TLSv1.2,TLSv1.3"})
    void messagesGoBothWaysInEachVersion(String protocols) {
        try (Listener listener = transport.listen(listening());
                Connection connection = transport.connect(trusting(listener).withOption("protocols", protocols), SOON);
                Connection accepted = listener.accept()) {
            assertTalk(connection, accepted);
            assertTrue(connection.capabilities().encrypted());
            assertEquals(Reach.NETWORK, connection.capabilities().reach());
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3,", "TLSv1.2,", "TLSv1.3,64KiB", "TLSv1.2,64KiB"})
    void theLargestMessageGoesThrough(String protocols, String buffer) throws InterruptedException {
        byte[] large = new byte[16 << 20];
        new Random(7).nextBytes(large);
        Address address = listening().withOption("protocols", protocols);
        try (Listener listener = transport.listen(address);
                Connection connection = transport.connect(
                        buffer == null ? trusting(listener) : trusting(listener).withOption("buffer", buffer), SOON);
                Connection accepted = listener.accept()) {
            Thread sender = new Thread(() -> {
                connection.send(Message.of(large));
                connection.send(Message.utf8("next"));
                connection.flush();
            });
            sender.start();
            assertTrue(accepted.receive().equals(Message.of(large)));
            assertEquals(Message.utf8("next"), accepted.receive());
            sender.join();
        }
    }

    @Test
    void aHostByNameAndByIpv6IsTheOneInTheCertificate() {
        try (Listener listener = transport.listen(with(at("[::1]:0"), "key-store", server))) {
            assertServes(listener, trusting(listener));
        }
        try (Listener listener = transport.listen(with(at("localhost:0"), "key-store", server))) {
            assertServes(listener, trusting(listener));
        }
    }

    @Test
    void oneAddressWithAllOptionsServesBothSides() {
        try (Listener listener = transport.listen(with(listening(), "trust-store", trustServer))) {
            assertServes(listener, listener.address());
        }
    }

    @Test
    void certificatesAsPemAreATrustStore() throws IOException, GeneralSecurityException {
        Path pem = keys.pem(server);
        try (Listener listener = transport.listen(listening())) {
            assertServes(listener, bare(listener).withOption("trust-store", pem.toString()));
        }
    }

    @Test
    void aPasswordMayStandInTheAddressAndIsNotShown() {
        Address address = at("127.0.0.1:0")
                .withOption("key-store", server.toString())
                .withOption("key-store-password", TestKeys.PASSWORD);
        try (Listener listener = transport.listen(address)) {
            assertServes(listener, trusting(listener));
            assertFalse(listener.address().toString().contains("horse"), listener.address()::toString);
        }
    }

    @Test
    void aContextOfOnesOwnReplacesTheFiles() throws IOException, GeneralSecurityException {
        SSLContext context = TestKeys.context(server, trustServer);
        TransportRegistry registry = TransportRegistry.load().with(new TlsTransport(context));
        try (Listener listener = registry.listen(at("127.0.0.1:0"));
                Connection connection = registry.connect(listener.address(), SOON);
                Connection accepted = listener.accept()) {
            assertTalk(connection, accepted);
        }
        InvalidAddressException refused =
                assertThrows(InvalidAddressException.class, () -> registry.listen(listening()));
        assertTrue(refused.getMessage().contains("there is no option 'key-store'"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aClientThatComesBackResumesItsSession(String protocol) throws IOException, GeneralSecurityException {
        SSLContext context = TestKeys.context(server, trustServer);
        TlsTransport own = new TlsTransport(context);
        try (Listener listener = own.listen(at("127.0.0.1:0").withOption("protocols", protocol))) {
            for (int visit = 0; visit < 5; visit++) {
                try (Connection connection = own.connect(listener.address(), SOON);
                        Connection accepted = listener.accept()) {
                    assertTalk(connection, accepted);
                }
            }
            long begun = Collections.list(context.getClientSessionContext().getIds()).stream()
                    .map(id -> context.getClientSessionContext().getSession(id).getCreationTime())
                    .distinct()
                    .count();
            assertEquals(1, begun, "sessions that were begun anew");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"need", "want"})
    void aClientThatIsAskedShowsItsCertificate(String clientAuth) {
        Address asking = with(listening(), "trust-store", trustClient).withOption("client-auth", clientAuth);
        try (Listener listener = transport.listen(asking)) {
            assertServes(listener, with(trusting(listener), "key-store", client));
        }
    }

    @Test
    void aClientThatIsOnlyWantedToShowACertificateMayHaveNone() {
        Address asking = with(listening(), "trust-store", trustClient).withOption("client-auth", "want");
        try (Listener listener = transport.listen(asking)) {
            assertServes(listener, trusting(listener));
        }
    }

    @Test
    void anAuthKeyIsAskedForBehindTls() throws IOException {
        Path key = secret("key", "secret");
        Path wrong = secret("wrong", "another");
        try (Listener listener = transport.listen(listening().withOption("authkey-file", key.toString()))) {
            assertServes(listener, trusting(listener).withOption("authkey-file", key.toString()));
            assertThrows(
                    AccessDeniedException.class,
                    () -> transport.connect(trusting(listener).withOption("authkey-file", wrong.toString()), SOON));
            assertServes(listener, trusting(listener).withOption("authkey-file", key.toString()));
        }
    }
}
