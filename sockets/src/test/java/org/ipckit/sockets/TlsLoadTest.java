package org.ipckit.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TlsLoadTest {

    @TempDir
    private static Path folder;

    private static Path server;
    private static Path trust;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        TestKeys keys = new TestKeys(folder);
        server = keys.keyStore("server", "-ext", TestKeys.LOCALHOST);
        trust = keys.trustStore("trust", server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothSidesSendAndReceiveAtOnce(String protocol) throws Exception {
        TlsLoad.bothWays(server, trust, protocol, 3000);
    }

    /** The limits of a key are those of the whole JVM, so it is another one. */
    @Test
    void keysAreChangedInTheMiddleOfIt() throws Exception {
        Path limits = Files.writeString(
                folder.resolve("limits"),
                "jdk.tls.keyLimits=AES/GCM/NoPadding KeyUpdate 2^18,ChaCha20-Poly1305 KeyUpdate 2^18\n");
        Path said = folder.resolve("said");
        Process load = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djava.security.properties=" + limits,
                        "-Djavax.net.debug=ssl",
                        TlsLoad.class.getName(),
                        server.toString(),
                        trust.toString(),
                        "TLSv1.3",
                        "600")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(load.waitFor(100, TimeUnit.SECONDS));
        } finally {
            load.destroyForcibly();
        }
        String text = Files.readString(said, UTF_8);
        assertEquals(0, load.exitValue(), () -> text.substring(Math.max(0, text.length() - 2000)));
        assertTrue(text.contains("all 600 came both ways"));
        assertTrue(text.contains("KeyUpdate"), "no key was changed");
    }
}
