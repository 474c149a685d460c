package org.ipckit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.ipckit.transport.Address;

/** A key and a certificate for one run of a {@code tls} row: in the folder of the row, and gone with it. */
final class TlsKeys {

    private static final String PASSWORD = "benchmark";

    private TlsKeys() {}

    /** Makes a key of 127.0.0.1 and returns the address with the options that make both ends use and trust it. */
    static Address made(Address address, Path folder) throws IOException {
        Path store = folder.resolve("key.p12");
        try {
            Finished made = Finished.run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "benchmark",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=127.0.0.1",
                    "-ext",
                    "SAN=ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD));
            if (made.exitCode() != 0) {
                throw new IOException(
                        "keytool: " + made.output().strip() + made.errors().strip());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a key", stopped);
        }
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
        return address.withOption("key-store", store.toString())
                .withOption("key-store-password", PASSWORD)
                .withOption("trust-store", store.toString())
                .withOption("trust-store-password", PASSWORD);
    }
}
