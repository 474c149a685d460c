package org.ipckit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.Deadline;
import org.ipckit.transport.spi.SocketFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one Redis server of a folder, which is usually the user's run directory. Whoever needs it first starts it, everybody
 * finds it by its socket {@code embedded.redis}, and it ends with the process that started it. Any thread may use it.
 */
final class EmbeddedServer {

    static final String SOCKET = "embedded.redis";

    /** It is for this user alone, on this machine: what waits for a slow subscriber may fill more than by default. */
    private static final List<String> SETTINGS = List.of(
            "--port",
            "0",
            "--unixsocketperm",
            "700",
            "--save",
            "",
            "--appendonly",
            "no",
            "--client-output-buffer-limit",
            "pubsub",
            "256mb",
            "64mb",
            "60");

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration START = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 2_000_000;
    private static final String OWN_FOLDER = "redis.";

    private static final Map<Path, EmbeddedServer> HERE = new ConcurrentHashMap<>();

    private final Path folder;
    private final Path socket;
    private final RedisBinary binary;
    private final ReentrantLock starting = new ReentrantLock();
    private ServerProcess process;
    private AddressOwnership ownership;
    private Thread hook;

    EmbeddedServer(Path folder, RedisBinary binary) {
        this.folder = folder;
        this.socket = folder.resolve(SOCKET);
        this.binary = binary;
    }

    /** Returns the server of a folder, which may not be running. */
    static EmbeddedServer in(Path folder) {
        return HERE.computeIfAbsent(folder, place -> new EmbeddedServer(place, new RedisBinary()));
    }

    /** Returns the socket that everybody finds it by. */
    Path socket() {
        return socket;
    }

    /**
     * Starts it unless it runs.
     *
     * @param address for what it is needed
     * @throws org.ipckit.transport.TransportUnavailableException if there is no server that runs here
     * @throws ConnectFailedException if another process is about to start it, and does not
     */
    void ensureRunning(Address address) {
        SocketFile.requireShort(address, folder.resolve(OWN_FOLDER + "0123456789012345678901/sock"));
        Deadline deadline = Deadline.after(START);
        starting.lock();
        try {
            while (process == null || !process.isAlive()) {
                forgetDead();
                try {
                    ownership = AddressOwnership.take(address, socket);
                } catch (AddressInUseException another) {
                    if (answers(socket)) {
                        return;
                    }
                    if (deadline.expired()) {
                        throw new ConnectFailedException(
                                address + ": another process is about to start the embedded Redis server, and has not"
                                        + " within " + START.toSeconds() + " s: " + another.getMessage(),
                                another);
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                    continue;
                }
                startAsOwner(address, deadline);
            }
        } catch (IOException refused) {
            throw new MechanismException(
                    address + ": the embedded Redis server cannot be started: " + refused.getMessage(), refused);
        } finally {
            starting.unlock();
        }
    }

    private void forgetDead() throws IOException {
        if (process != null) {
            process.close();
            process = null;
        }
        if (ownership != null) {
            ownership.close();
            ownership = null;
        }
        if (hook != null) {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAnyway) {
            LOG.debug("the hook of the embedded server runs already");
        }
        hook = null;
    }

    private void startAsOwner(Address address, Deadline deadline) throws IOException {
        boolean started = false;
        Path own = null;
        try {
            removeRemains();
            own = Files.createTempDirectory(folder, OWN_FOLDER);
            Path server = binary.find(own);
            List<String> settings = new ArrayList<>(SETTINGS);
            settings.addAll(List.of(
                    "--dir", own.toString(), "--unixsocket", own.resolve("sock").toString()));
            process = ServerProcess.start(own, socket, server, settings);
            awaitAnswer(own.resolve("sock"), deadline);
            publish(own);
            if (server.startsWith(own)) {
                // Ten megabytes that nobody needs any more: what runs is in memory.
                Files.delete(server);
            }
            started = true;
            LOG.info("{}: started a Redis server, pid {}, at {}", address, process.pid(), socket);
        } finally {
            if (!started) {
                forgetDead();
                if (own != null) {
                    delete(own);
                }
            }
        }
    }

    /** What is left of one whose starter was killed together with what watched over it. */
    private void removeRemains() throws IOException {
        if (answers(socket)) {
            OrphanedServer.end(socket);
        }
        try (DirectoryStream<Path> remains = Files.newDirectoryStream(folder, OWN_FOLDER + "*")) {
            for (Path each : remains) {
                delete(each);
            }
        }
    }

    private void awaitAnswer(Path own, Deadline deadline) throws IOException {
        while (!answers(own)) {
            if (!process.isAlive()) {
                throw new IOException("it has ended: " + process.lastWords());
            }
            if (deadline.expired()) {
                throw new IOException("it does not answer: " + process.lastWords());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** By a second link, in place of any other at once: whoever watches over the server can tell whose the name is. */
    private void publish(Path own) throws IOException {
        Path link = Files.createLink(own.resolve("link"), own.resolve("sock"));
        ownership.madeAs(link);
        Files.move(link, socket, StandardCopyOption.ATOMIC_MOVE);
        AddressOwnership name = ownership;
        // The server itself goes when this process has gone: others' hooks may have last words for it.
        hook = new Thread(
                () -> {
                    try {
                        name.close();
                    } catch (IOException refused) {
                        LOG.debug("removing {}", socket, refused);
                    }
                },
                "ipckit-embedded-redis-name");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Ends the server if this process has started it; for tests. */
    void stop() {
        starting.lock();
        try {
            forgetDead();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } finally {
            starting.unlock();
        }
    }

    /** Returns the server's pid, if this process has started it. */
    long pid() {
        starting.lock();
        try {
            return process == null ? -1 : process.pid();
        } finally {
            starting.unlock();
        }
    }

    private static boolean answers(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException nobody) {
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException vanishing) {
            // Its own shell may be removing it at this moment.
            if (Files.exists(folder)) {
                throw vanishing.getCause();
            }
        }
    }
}
