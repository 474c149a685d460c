package org.ipckit.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.spi.PrivateFiles;

/**
 * The file that {@code key-store=} or {@code trust-store=} names, with its password from {@code -password=} or
 * {@code -password-file=}. Its failures name the option and the file, never the password.
 */
final class StoreFile {

    private static final int LONGEST_PASSWORD_BYTES = 4096;
    private static final byte[] PEM = "-----BEGIN".getBytes(UTF_8);

    private final Address address;
    private final String option;
    private final Path file;

    private StoreFile(Address address, String option, String file) {
        this.address = address;
        this.option = option;
        this.file = Path.of(file);
    }

    /**
     * Returns the store that this option of the address names.
     *
     * @throws InvalidAddressException if there is a password without a store, or there are two
     */
    static Optional<StoreFile> of(Address address, String option) {
        boolean password = address.option(option + "-password").isPresent();
        boolean passwordFile = address.option(option + "-password-file").isPresent();
        if (password && passwordFile) {
            throw new InvalidAddressException(
                    address + ": there is " + option + "-password and " + option + "-password-file; one is enough");
        }
        Optional<StoreFile> store = address.option(option).map(file -> new StoreFile(address, option, file));
        if (store.isEmpty() && (password || passwordFile)) {
            throw new InvalidAddressException(address + ": there is a password for " + option + " but no " + option);
        }
        return store;
    }

    /** Requires that only its owner may use it, for it holds a private key. */
    StoreFile secret() {
        requireFile(option, file);
        requirePrivate(option, file);
        return this;
    }

    /** Returns the password, null if there is none. */
    char[] password() {
        Optional<String> given = address.option(option + "-password");
        if (given.isPresent()) {
            return given.get().toCharArray();
        }
        return address.option(option + "-password-file").map(this::readPassword).orElse(null);
    }

    private char[] readPassword(String name) {
        String fileOption = option + "-password-file";
        Path passwordFile = Path.of(name);
        requireFile(fileOption, passwordFile);
        requirePrivate(fileOption, passwordFile);
        try {
            if (Files.size(passwordFile) > LONGEST_PASSWORD_BYTES) {
                throw new InvalidAddressException(address + ": " + fileOption + " '" + passwordFile + "' has "
                        + Files.size(passwordFile) + " bytes, a password has at most " + LONGEST_PASSWORD_BYTES);
            }
            String text = new String(Files.readAllBytes(passwordFile), UTF_8);
            return text.replaceFirst("\\r?\\n\\z", "").toCharArray();
        } catch (IOException refused) {
            throw unreadable(fileOption, passwordFile, refused);
        }
    }

    /** Reads the store: PKCS12 or JKS, as its content says, or certificates as PEM. */
    KeyStore load() {
        requireFile(option, file);
        try {
            return isPem() ? certificates() : KeyStore.getInstance(file.toFile(), password());
        } catch (IOException refused) {
            if (refused.getCause() instanceof UnrecoverableKeyException) {
                throw wrongPassword(refused);
            }
            throw unreadable(option, file, refused);
        } catch (KeyStoreException unknown) {
            throw new InvalidAddressException(
                    address + ": " + option + " '" + file + "' is neither PKCS12 nor JKS; keytool -genkeypair makes"
                            + " one, openssl pkcs12 -export makes one of PEM files",
                    unknown);
        } catch (GeneralSecurityException refused) {
            throw new InvalidAddressException(
                    address + ": " + option + " '" + file + "' cannot be used: " + refused.getMessage(), refused);
        }
    }

    private boolean isPem() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(PEM, in.readNBytes(PEM.length));
        }
    }

    private KeyStore certificates() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate " + store.size(), certificate);
            }
        } catch (CertificateException noCertificate) {
            throw new InvalidAddressException(
                    address + ": " + option + " '" + file + "' is PEM, but not of certificates: "
                            + noCertificate.getMessage() + "; a key has to be in a PKCS12 file,"
                            + " openssl pkcs12 -export makes one",
                    noCertificate);
        }
        return store;
    }

    /** The store does not hold what it has to. */
    InvalidAddressException lacks(String what, Throwable cause) {
        return new InvalidAddressException(
                address + ": " + option + " '" + file + "' holds " + what
                        + (password() == null ? "; there is no " + option + "-password=" : ""),
                cause);
    }

    /** The password does not open it. */
    InvalidAddressException wrongPassword(Throwable cause) {
        String why = password() == null
                ? "needs a password: " + option + "-password-file= or " + option + "-password="
                : "is not opened by the password of " + option
                        + (address.option(option + "-password").isPresent() ? "-password" : "-password-file");
        return new InvalidAddressException(address + ": " + option + " '" + file + "' " + why, cause);
    }

    private void requireFile(String name, Path path) {
        if (!Files.isRegularFile(path)) {
            throw new InvalidAddressException(address + ": " + name + " '" + path + "' is not a file");
        }
    }

    private void requirePrivate(String name, Path path) {
        try {
            PrivateFiles.requirePrivate(address, path);
        } catch (IOException refused) {
            throw unreadable(name, path, refused);
        }
    }

    private AccessDeniedException unreadable(String name, Path path, IOException refused) {
        return new AccessDeniedException(
                address + ": " + name + " '" + path + "' cannot be read: " + refused.getMessage(), refused);
    }
}
