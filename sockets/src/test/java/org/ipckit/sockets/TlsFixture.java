package org.ipckit.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The two sides of one test class: their keys, whom they trust, and the addresses that say so. */
abstract class TlsFixture {

    static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    static Path keysFolder;

    static TestKeys keys;
    static Path server;
    static Path client;
    static Path trustServer;
    static Path trustClient;
    static Path password;

    @TempDir
    Path folder;

    final TlsTransport transport = new TlsTransport();

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        keys = new TestKeys(keysFolder);
        server = keys.keyStore("server", "-ext", TestKeys.LOCALHOST);
        client = keys.keyStore("client");
        trustServer = keys.trustStore("trust-server", server);
        trustClient = keys.trustStore("trust-client", client);
        password = keys.passwordFile();
    }

    static Address at(String hostAndPort) {
        return Address.parse("tls://" + hostAndPort);
    }

    static Address with(Address address, String store, Path file) {
        return address.withOption(store, file.toString()).withOption(store + "-password-file", password.toString());
    }

    static Address listening() {
        return with(at("127.0.0.1:0"), "key-store", server);
    }

    /** The bound port alone: each side has its own options. */
    static Address bare(Listener listener) {
        return at(listener.address().target());
    }

    static Address trusting(Listener listener) {
        return with(bare(listener), "trust-store", trustServer);
    }

    static void assertTalk(Connection one, Connection other) {
        one.send(Message.utf8("hello"));
        assertEquals(Message.utf8("hello"), other.receive());
        other.send(Message.utf8("and back"));
        assertEquals(Message.utf8("and back"), one.receive());
    }

    void assertServes(Listener listener, Address address) {
        try (Connection connection = transport.connect(address, SOON);
                Connection accepted = listener.accept()) {
            assertTalk(connection, accepted);
        }
    }

    static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    Path secret(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
