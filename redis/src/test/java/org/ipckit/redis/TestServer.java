package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.eventually;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.Waits;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.TcpStream;

/** A server of a test's own, with settings of its own, that can be ended and started again at the same port. */
final class TestServer implements AutoCloseable {

    /** Below those that Linux gives to callers. */
    private static final int FIRST_PORT = 12_000;

    private static final int PORTS = 10_000;

    private final Path folder;
    private final int port;
    private final List<String> settings;
    private ServerProcess process;
    private int starts;

    private TestServer(Path folder, int port, List<String> settings) {
        this.folder = folder;
        this.port = port;
        this.settings = settings;
    }

    static TestServer start(String... settings) {
        try {
            Path folder = Files.createTempDirectory("ipckit-redis");
            TestServer server = new TestServer(folder, freePort(), List.of(settings));
            boolean started = false;
            try {
                server.startAgain();
                started = true;
                return server;
            } finally {
                if (!started) {
                    server.close();
                }
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /**
     * Returns a port where nobody listens, and that the system gives nobody who does not ask for it: a server may come back
     * to it, and whoever tries to connect while nobody listens does not reach itself.
     */
    static int freePort() throws IOException {
        int port;
        do {
            port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
        } while (!isFree(port));
        return port;
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    /** Starts it, at the same port and with the data it had. */
    void startAgain() {
        try {
            Path own = Files.createDirectory(folder.resolve("run" + starts++));
            Path data = Files.createDirectories(folder.resolve("data"));
            Path binary = new RedisBinary().find(own);
            List<String> all = new ArrayList<>(List.of(
                    "--port",
                    settings.contains("--tls-port") ? "0" : String.valueOf(port),
                    "--bind",
                    "127.0.0.1",
                    "--save",
                    "",
                    "--dir",
                    data.toString(),
                    "--unixsocket",
                    own.resolve("sock").toString()));
            for (String setting : settings) {
                all.add(setting.equals("PORT") ? String.valueOf(port) : setting);
            }
            process = ServerProcess.start(own, folder.resolve("name"), binary, all);
            eventually(() -> "the server to answer: " + process.lastWords(), this::answers);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            try (SocketChannel local = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                return local.connect(UnixDomainSocketAddress.of(socket()));
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends it at once, as kill -9 does. */
    void kill() {
        try {
            process.close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    int port() {
        return port;
    }

    Path socket() {
        return folder.resolve("run" + (starts - 1)).resolve("sock");
    }

    Address address(String channel) {
        return Address.parse("redis://127.0.0.1:" + port + "/" + channel);
    }

    /** Asks the server as any client may. */
    Object ask(Object... words) {
        RedisAddress address = RedisAddress.of(address("any"), false);
        try (Session session = new RedisServer(address).open(Deadline.after(Waits.FOREVER), "any")) {
            return session.ask(Deadline.after(address.timeout()), words);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Asks a sentinel, which wants no greeting. */
    static Object askSentinel(int sentinel, Object... words) throws IOException {
        InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), sentinel);
        Address name = Address.parse("redis://127.0.0.1:" + sentinel);
        try (Session session = new Session(name, new TcpStream(SocketChannel.open(place)), 1 << 20)) {
            return session.ask(Deadline.after(Duration.ofSeconds(20)), words);
        }
    }

    /** Gives the node of a cluster slots. */
    void addSlots(int from, int to) {
        List<Object> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        for (int slot = from; slot < to; slot++) {
            words.add(slot);
        }
        ask(words.toArray());
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        remove(folder);
    }

    /** Removes a folder and what is in it. */
    static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
