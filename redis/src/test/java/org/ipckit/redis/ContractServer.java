package org.ipckit.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The servers of all contract tests of one JVM, started by the first of them; the far ends are told where they are. */
final class ContractServer {

    private static final String[] PATIENT = {"--client-output-buffer-limit", "pubsub", "256mb", "64mb", "60"};

    static final TestServer SERVER = ending(TestServer.start(PATIENT));

    private ContractServer() {}

    private static TestServer ending(TestServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "end of the contract's server"));
        return server;
    }

    /** One that speaks TLS. */
    static final class Tls {

        static final TlsKeys KEYS = keys();
        static final TestServer SERVER = ending(TestServer.start(KEYS.settings(PATIENT)));

        private Tls() {}

        private static TlsKeys keys() {
            try {
                Path folder = Files.createTempDirectory("ipckit-keys");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "end of the contract's keys"));
                return TlsKeys.in(folder);
            } catch (Exception refused) {
                throw new IllegalStateException(refused);
            }
        }

        private static void remove(Path folder) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            } catch (IOException refused) {
                throw new java.io.UncheckedIOException(refused);
            }
        }
    }
}
