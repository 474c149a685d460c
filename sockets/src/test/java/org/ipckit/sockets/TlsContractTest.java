package org.ipckit.sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.ipckit.testkit.TransportContract;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class TlsContractTest extends TransportContract {

    @TempDir
    private static Path keysFolder;

    private static String stores;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        TestKeys keys = new TestKeys(keysFolder);
        Path server = keys.keyStore("server", "-ext", TestKeys.LOCALHOST);
        Path password = keys.passwordFile();
        stores = "?key-store=" + server + "&key-store-password-file=" + password + "&trust-store=" + keys.pem(server);
    }

    @Override
    protected Transport transport() {
        return new TlsTransport();
    }

    /** A port that is free now, rather than port 0: the kit also connects before anybody listens. */
    @Override
    protected Address freshAddress(Path folder) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Address.parse("tls://127.0.0.1:" + free.getLocalPort() + stores);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
