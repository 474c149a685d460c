package org.ipckit.redis;

/** The server of all contract tests of one JVM, started by the first of them; the far ends are told where it is. */
final class ContractServer {

    static final TestServer SERVER = TestServer.start("--client-output-buffer-limit", "pubsub", "256mb", "64mb", "60");

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "end of the contract's server"));
    }

    private ContractServer() {}
}
