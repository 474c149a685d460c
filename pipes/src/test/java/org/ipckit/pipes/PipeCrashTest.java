package org.ipckit.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills either side at any instant of meeting; the contract's own tests kill it afterwards. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeCrashTest extends PipeFixture {

    private static final int KILLS = 5;
    private static final String READY = "ready";

    @Test
    void clientsKilledWhileTheyConnectLeaveNothing() throws Exception {
        try (Listener listener = transport.listen(at(""))) {
            for (int kill = 0; kill < KILLS; kill++) {
                Process clients = start(ManyClients.class);
                for (int accepted = 0; accepted < 100 + 7 * kill; accepted++) {
                    acceptAndRead(listener);
                }
                clients.destroyForcibly().waitFor();
            }
            for (Optional<Connection> dead = listener.accept(Duration.ofMillis(100));
                    dead.isPresent();
                    dead = listener.accept(Duration.ofMillis(100))) {
                dead.get().close();
            }
            requireWorking(listener);
        }
        assertEquals(List.of(), files());
    }

    private static void acceptAndRead(Listener listener) {
        try (Connection connection = listener.accept(SOON).orElseThrow()) {
            assertEquals(Message.utf8("hello"), connection.receive(SOON).orElseThrow());
        } catch (ConnectionClosedException killedBeforeItSaidSo) {
            return;
        }
    }

    @Test
    void listenersKilledWhileOthersConnectLeaveTheAddressToTheNext() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            Process listener = start(OneListener.class);
            long killAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100 + 37L * kill);
            int connected = 0;
            while (System.nanoTime() < killAt || connected == 0) {
                connected += connectAndSend() ? 1 : 0;
            }
            Connection last = transport.connect(at(""), SOON);
            listener.destroyForcibly().waitFor();
            requireEnds(last);

            try (Listener next = transport.listen(at(""))) {
                requireWorking(next);
            }
            assertEquals(List.of(), files());
        }
    }

    private boolean connectAndSend() {
        try (Connection connection = transport.connect(at(""), SOON)) {
            connection.send(Message.utf8("hello"));
            return true;
        } catch (TransportException itHasGone) {
            return false;
        }
    }

    private static void requireEnds(Connection connection) {
        try (connection) {
            assertTrue(connection.receive(SOON).isEmpty(), "it sends nothing");
            throw new AssertionError("the peer is dead, and nothing says so");
        } catch (ConnectionClosedException expected) {
            assertTrue(expected.by() != ConnectionClosedException.By.THIS_SIDE, expected.toString());
        }
    }

    private Process start(Class<?> main) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        at("").toUri())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        StringBuilder word = new StringBuilder();
        while (!word.toString().equals(READY)) {
            int letter = process.getInputStream().read();
            assertTrue(letter >= 0, "the other process did not start: " + word);
            word.append((char) letter);
        }
        return process;
    }

    /** Connects and closes, again and again, in several threads, until it is killed or the listener is gone. */
    static final class ManyClients {

        private ManyClients() {}

        public static void main(String[] args) {
            Address address = Address.parse(args[0]);
            System.out.print(READY);
            System.out.flush();
            for (int count = 0; count < 3; count++) {
                new Thread(() -> connectAgainAndAgain(address)).start();
            }
        }

        private static void connectAgainAndAgain(Address address) {
            while (true) {
                try (Connection connection = new PipeTransport().connect(address, SOON)) {
                    connection.send(Message.utf8("hello"));
                }
            }
        }
    }

    /** Listens and accepts, until it is killed or for a minute. */
    static final class OneListener {

        private OneListener() {}

        public static void main(String[] args) {
            List<Connection> kept = new ArrayList<>();
            try (Listener listener = new PipeTransport().listen(Address.parse(args[0]))) {
                System.out.print(READY);
                System.out.flush();
                Optional<Connection> accepted = listener.accept(SOON);
                while (accepted.isPresent() && kept.size() < 100_000) {
                    // The last ones stay open: only their end must tell who waits for it.
                    kept.add(accepted.get());
                    if (kept.size() > 50) {
                        kept.remove(0).close();
                    }
                    accepted = listener.accept(SOON);
                }
            }
        }
    }
}
