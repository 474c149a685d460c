package org.ipckit.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keys and certificates for one test class, made by the keytool of the JDK that runs it. */
final class TestKeys {

    static final String PASSWORD = "correct horse";
    static final String LOCALHOST = "san=ip:127.0.0.1,ip:::1,dns:localhost";

    /** The usual 10,000 rounds make guessing slow, and here each of some hundred connections. */
    private static final List<String> OPENED_QUICKLY = List.of(
            "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
            "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
            "-J-Dkeystore.pkcs12.macIterationCount=1");

    private final Path folder;

    TestKeys(Path folder) {
        this.folder = folder;
    }

    /** Makes a key store with one key, whose certificate it has signed itself. */
    Path keyStore(String name, String... more) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        List<String> options = new ArrayList<>(
                List.of("-dname", "CN=" + name, "-keyalg", "EC", "-groupname", "secp256r1", "-keypass", PASSWORD));
        options.addAll(List.of(more));
        keytool(new byte[0], "-genkeypair", file, name, options);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /** Lets the key of one store sign the certificate of another. */
    void sign(Path keyStore, Path authority, String... more) throws IOException, InterruptedException {
        byte[] request = keytool(new byte[0], "-certreq", keyStore, name(keyStore), List.of());
        List<String> options = new ArrayList<>(List.of(more));
        options.add("-rfc");
        byte[] certificate = keytool(request, "-gencert", authority, name(authority), options);
        byte[] root = keytool(new byte[0], "-exportcert", authority, name(authority), List.of("-rfc"));
        keytool(root, "-importcert", keyStore, name(authority), List.of("-noprompt"));
        keytool(certificate, "-importcert", keyStore, name(keyStore), List.of("-noprompt"));
    }

    private static String name(Path keyStore) {
        return keyStore.getFileName().toString().replace(".p12", "");
    }

    private static byte[] keytool(byte[] input, String task, Path file, String name, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                task,
                "-alias",
                name,
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(options);
        command.addAll(OPENED_QUICKLY);
        Path errors = Files.createTempFile(file.getParent(), "keytool", ".txt");
        Process keytool =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (OutputStream in = keytool.getOutputStream()) {
            // It ends here, so that a question of keytool is a failure, not a wait.
            in.write(input);
        }
        byte[] said = keytool.getInputStream().readAllBytes();
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool " + task + ": " + new String(said, UTF_8) + Files.readString(errors));
        }
        return said;
    }

    /** Makes a trust store of the certificates in these key stores. */
    Path trustStore(String name, Path... keyStores) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        for (Path keyStore : keyStores) {
            trust.setCertificateEntry(keyStore.toString(), certificate(keyStore));
        }
        Path file = folder.resolve(name + ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** Writes the certificate of a key store as PEM. */
    Path pem(Path keyStore) throws IOException, GeneralSecurityException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(certificate(keyStore).getEncoded());
        return Files.writeString(
                folder.resolve(keyStore.getFileName() + ".pem"),
                "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
    }

    /** Writes the password into a file of its owner only. */
    Path passwordFile() throws IOException {
        Path file = folder.resolve("password");
        Files.writeString(file, PASSWORD + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /** Returns a context with the key of one store that trusts those of another. */
    static SSLContext context(Path keyStore, Path trustStore) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(open(keyStore), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(open(trustStore));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(Path keyStore) throws IOException, GeneralSecurityException {
        KeyStore store = open(keyStore);
        return store.getCertificate(store.aliases().nextElement());
    }

    private static KeyStore open(Path keyStore) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
    }
}
