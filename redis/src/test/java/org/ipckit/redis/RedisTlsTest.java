package org.ipckit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks TLS only. */
@Timeout(120)
class RedisTlsTest {

    private static final String SECRET = "changeit";

    private final RedisTlsTransport rediss = new RedisTlsTransport();

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void startServer() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "redis",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=IP:127.0.0.1,DNS:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        SECRET)
                .redirectErrorStream(true)
                .start();
        assertTrue(keytool.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, keytool.exitValue());
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, SECRET.toCharArray());
        }
        Path certificate = pem("CERTIFICATE", store.getCertificate("redis").getEncoded());
        Path key =
                pem("PRIVATE KEY", store.getKey("redis", SECRET.toCharArray()).getEncoded());
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("redis", store.getCertificate("redis"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("trust.p12"))) {
            trust.store(out, SECRET.toCharArray());
        }
        Files.writeString(folder.resolve("secret"), SECRET);
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        server = TestServer.start(
                "--tls-port",
                "PORT",
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-ca-cert-file",
                certificate.toString(),
                "--tls-auth-clients",
                "no");
    }

    private Path pem(String kind, byte[] bytes) throws Exception {
        Path file = folder.resolve(kind.replace(" ", "-") + ".pem");
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    @AfterEach
    void endServer() {
        if (server != null) {
            server.close();
        }
    }

    private Address address(String scheme) {
        return Address.parse(scheme + "://127.0.0.1:" + server.port() + "/orders")
                .withOption("trust-store", folder.resolve("trust.p12").toString())
                .withOption(
                        "trust-store-password-file", folder.resolve("secret").toString());
    }

    @Test
    void connectionsGoOverTls() {
        Address address = address("rediss");
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 42;
        try (Listener listener = rediss.listen(address);
                Connection client = rediss.connect(address, patience());
                Connection accepted = listener.accept(patience()).orElseThrow()) {
            client.send(Message.of(large));
            assertEquals(Message.of(large), accepted.receive(patience()).orElseThrow());
            accepted.send(Message.utf8("answer"));
            assertEquals(Message.utf8("answer"), client.receive(patience()).orElseThrow());
            assertTrue(client.capabilities().encrypted());

            server.kill();

            assertThrows(ConnectionClosedException.class, () -> accepted.receive(patience()));
        }
    }

    @Test
    void topicsAndStreamsGoOverTls() {
        Address stream = address("redis-stream").withOption("tls", "true");
        RedisStreamTransport streams = new RedisStreamTransport();
        try (Subscription subscription = rediss.subscribe(address("rediss"));
                Publication publication = rediss.publish(address("rediss"));
                Subscription durable = streams.subscribe(stream.withOption("consumer", "c"));
                Publication adding = streams.publish(stream)) {
            publication.publish(Message.utf8("news").asByteBuffer());
            adding.publish(Message.utf8("order").asByteBuffer());

            assertEquals(Message.utf8("news"), subscription.receive(patience()).orElseThrow());
            assertEquals(Message.utf8("order"), durable.receive(patience()).orElseThrow());
        }
    }

    @Test
    void aServerThatNobodyVouchesForIsNotBelieved() {
        Address address = Address.parse("rediss://127.0.0.1:" + server.port() + "/orders");

        AccessDeniedException refused =
                assertThrows(AccessDeniedException.class, () -> rediss.connect(address, patience()));

        assertTrue(refused.getMessage().contains("trust-store="), refused.getMessage());
    }
}
