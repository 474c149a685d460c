package org.ipckit.redis;

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

        static final TestServer SERVER =
                ending(TestServer.start(TlsKeys.ofThisJvm().settings(PATIENT)));

        private Tls() {}
    }
}
