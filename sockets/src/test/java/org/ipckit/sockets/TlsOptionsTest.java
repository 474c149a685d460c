package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the options and the files they name is said, and no password with it. */
@Timeout(60)
class TlsOptionsTest extends TlsFixture {

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
}
