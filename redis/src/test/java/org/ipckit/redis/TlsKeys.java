package org.ipckit.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.ipckit.transport.Address;

/** A key for a server on this machine and what its clients believe it by, made for one run. */
final class TlsKeys {

    private static final String SECRET = "changeit";

    private final Path folder;
    private final Path certificate;
    private final Path key;

    private TlsKeys(Path folder, Path certificate, Path key) {
        this.folder = folder;
        this.certificate = certificate;
        this.key = key;
    }

    /** Those of all tests of one JVM, made by the first of them. */
    private static final class OfThisJvm {

        static final TlsKeys KEYS = make();

        private static TlsKeys make() {
            try {
                Path folder = Files.createTempDirectory("ipckit-keys");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> TestServer.remove(folder), "end of the keys"));
                return in(folder);
            } catch (Exception refused) {
                throw new IllegalStateException(refused);
            }
        }
    }

    /** Returns keys that are made once: a program of its own makes them, which takes seconds. */
    static TlsKeys ofThisJvm() {
        return OfThisJvm.KEYS;
    }

    private static TlsKeys in(Path folder) throws Exception {
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
        String said = new String(keytool.getInputStream().readAllBytes(), US_ASCII);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, SECRET.toCharArray());
        }
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("redis", store.getCertificate("redis"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("trust.p12"))) {
            trust.store(out, SECRET.toCharArray());
        }
        Files.writeString(folder.resolve("secret"), SECRET);
        Files.setPosixFilePermissions(folder.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
        return new TlsKeys(
                folder,
                pem(folder, "CERTIFICATE", store.getCertificate("redis").getEncoded()),
                pem(
                        folder,
                        "PRIVATE KEY",
                        store.getKey("redis", SECRET.toCharArray()).getEncoded()));
    }

    private static Path pem(Path folder, String kind, byte[] bytes) throws Exception {
        Path file = folder.resolve(kind.replace(" ", "-") + ".pem");
        String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(bytes);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    /** Returns the settings of a server that speaks TLS only. */
    String[] settings(String... more) {
        String[] own = {
            "--tls-port",
            "PORT",
            "--tls-cert-file",
            certificate.toString(),
            "--tls-key-file",
            key.toString(),
            "--tls-ca-cert-file",
            certificate.toString(),
            "--tls-auth-clients",
            "no"
        };
        return Stream.concat(Arrays.stream(own), Arrays.stream(more)).toArray(String[]::new);
    }

    /** Returns an address whose user believes the server. */
    Address trusted(Address address) {
        return address.withOption("trust-store", folder.resolve("trust.p12").toString())
                .withOption(
                        "trust-store-password-file", folder.resolve("secret").toString());
    }
}
