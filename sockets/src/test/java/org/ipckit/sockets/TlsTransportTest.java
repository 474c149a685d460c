package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsTransportTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private static Path keysFolder;

    private static TestKeys keys;
    private static Path server;
    private static Path client;
    private static Path otherHost;
    private static Path trustServer;
    private static Path trustClient;
    private static Path trustOtherHost;
    private static Path password;

    @TempDir
    private Path folder;

    private final TlsTransport transport = new TlsTransport();

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        keys = new TestKeys(keysFolder);
        server = keys.keyStore("server", "-ext", TestKeys.LOCALHOST);
        client = keys.keyStore("client");
        otherHost = keys.keyStore("elsewhere", "-ext", "san=dns:elsewhere.example");
        trustServer = keys.trustStore("trust-server", server);
        trustClient = keys.trustStore("trust-client", client);
        trustOtherHost = keys.trustStore("trust-elsewhere", otherHost);
        password = keys.passwordFile();
    }

    private static Address at(String hostAndPort) {
        return Address.parse("tls://" + hostAndPort);
    }

    private static Address with(Address address, String store, Path file) {
        return address.withOption(store, file.toString()).withOption(store + "-password-file", password.toString());
    }

    private static Address listening() {
        return with(at("127.0.0.1:0"), "key-store", server);
    }

    /** The bound port alone: each side has its own options. */
    private static Address bare(Listener listener) {
        return at(listener.address().target());
    }

    private static Address trusting(Listener listener) {
        return with(bare(listener), "trust-store", trustServer);
    }

    private static void assertTalk(Connection one, Connection other) {
        one.send(Message.utf8("hello"));
        assertEquals(Message.utf8("hello"), other.receive());
        other.send(Message.utf8("and back"));
        assertEquals(Message.utf8("and back"), one.receive());
    }

    private void assertServes(Listener listener, Address address) {
        try (Connection connection = transport.connect(address, SOON);
                Connection accepted = listener.accept()) {
            assertTalk(connection, accepted);
        }
    }

    // ---------------------------------------------------------------- what works

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

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    // ---------------------------------------------------------------- who is refused

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
            ConnectFailedException silent = assertThrows(
                    ConnectFailedException.class, () -> transport.connect(address, Duration.ofMillis(300)));
            assertTrue(silent.getMessage().contains("handshake was not finished within 300 ms"), silent.getMessage());
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

    // ---------------------------------------------------------------- the end

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

    // ---------------------------------------------------------------- options

    @Test
    void aListenerWithoutAKeyStoreIsToldToHaveOne() {
        assertRefused(
                InvalidAddressException.class, at("127.0.0.1:0"), "key-store=FILE", "key-store-password-file=FILE");
    }

    @Test
    void clientsAreNotAskedForCertificatesThatNobodyCouldJudge() {
        assertRefused(InvalidAddressException.class, listening().withOption("client-auth", "need"), "trust-store=FILE");
    }

    @Test
    void aStoreThatIsNotThereIsNamed() {
        assertRefused(
                InvalidAddressException.class,
                at("127.0.0.1:0").withOption("key-store", "/no/such.p12"),
                "key-store '/no/such.p12' is not a file");
        assertThrows(
                InvalidAddressException.class,
                () -> transport.connect(at("127.0.0.1:1").withOption("trust-store", "/no/such.p12"), SOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aWrongPasswordIsSaidToBe(String type) throws IOException, InterruptedException {
        Path store = keys.keyStore("typed-" + type, "-storetype", type);
        Address address = at("127.0.0.1:0").withOption("key-store", store.toString());
        transport
                .listen(address.withOption("key-store-password", TestKeys.PASSWORD))
                .close();
        assertRefused(
                InvalidAddressException.class,
                address.withOption("key-store-password", "battery staple"),
                "key-store '" + store + "'",
                "key-store-password");
        assertRefused(InvalidAddressException.class, address, "key-store '" + store + "'", "needs a password");
    }

    @Test
    void aKeyStoreWithoutAKeyIsSaidToBe() throws IOException {
        Files.setPosixFilePermissions(trustServer, PosixFilePermissions.fromString("rw-------"));
        assertRefused(
                InvalidAddressException.class,
                with(at("127.0.0.1:0"), "key-store", trustServer),
                "key-store '" + trustServer + "' holds no private key");
    }

    @Test
    void aFileThatIsNoStoreIsSaidToBe() throws IOException {
        Path text = secret("text", "this is not a key store");
        assertRefused(
                InvalidAddressException.class, with(at("127.0.0.1:0"), "key-store", text), "neither PKCS12 nor JKS");
    }

    @Test
    void aKeyStoreOrPasswordThatOthersMayReadIsRefused() throws IOException {
        Path open = Files.copy(server, folder.resolve("open.p12"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(AccessDeniedException.class, with(at("127.0.0.1:0"), "key-store", open), "chmod 600 " + open);

        Path openPassword = Files.writeString(folder.resolve("open-password"), TestKeys.PASSWORD);
        Files.setPosixFilePermissions(openPassword, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(
                AccessDeniedException.class,
                at("127.0.0.1:0")
                        .withOption("key-store", server.toString())
                        .withOption("key-store-password-file", openPassword.toString()),
                "chmod 600 " + openPassword);
    }

    @Test
    void optionsThatDoNotFitTogetherAreRefused() {
        Address address = at("127.0.0.1:0");
        assertRefused(InvalidAddressException.class, address.withOption("key-store-password", "x"), "but no key-store");
        assertRefused(
                InvalidAddressException.class, listening().withOption("key-store-password", "x"), "one is enough");
        assertRefused(InvalidAddressException.class, listening().withOption("protocols", "SSLv3"), "TLSv1.3,TLSv1.2");
        assertRefused(
                InvalidAddressException.class, listening().withOption("client-auth", "maybe"), "none, want, need");
        assertRefused(InvalidAddressException.class, listening().withOption("insecure", "true"), "tls has");
    }

    private <T extends RuntimeException> void assertRefused(Class<T> kind, Address address, String... words) {
        T refused = assertThrows(kind, () -> transport.listen(address));
        assertTrue(Arrays.stream(words).allMatch(refused.getMessage()::contains), refused.getMessage());
        assertFalse(refused.getMessage().contains("staple"), refused.getMessage());
    }

    private Path secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
