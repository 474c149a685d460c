package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A listener, its reception and the dialer over real sockets. */
@Timeout(120)
class StreamListenerTest {

    private static final Message HELLO = Message.utf8("hello");

    @TempDir
    Path folder;

    private final Workers workers = new Workers();
    private final List<AutoCloseable> open = new ArrayList<>();
    private UnixPlace place;
    private UnixPlace locked;
    private UnixPlace wrongKey;

    @BeforeEach
    void places() throws IOException {
        place = new UnixPlace(folder, "");
        locked = new UnixPlace(folder, "?authkey-file=" + key("right"));
        wrongKey = new UnixPlace(folder, "?authkey-file=" + key("wrong"));
    }

    private Path key(String name) throws IOException {
        Path file = Files.createFile(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, "the key that is " + name);
    }

    private <T extends AutoCloseable> T using(T resource) {
        open.add(resource);
        return resource;
    }

    private static void exchange(Connection one, Connection other) {
        one.send(HELLO);
        assertEquals(HELLO, other.receive());
        other.send(Message.of());
        assertEquals(Message.of(), one.receive());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        workers.close();
    }

    // ---------------------------------------------------------------- listening

    @Test
    void connectReturnsBeforeAnybodyAcceptsAndWhatWasSentIsThere() throws IOException {
        Listener listener = using(place.listen());
        Connection client = using(place.connect());
        client.send(HELLO);

        Connection accepted = using(listener.accept());

        assertEquals(HELLO, accepted.receive());
        exchange(accepted, client);
    }

    @Test
    void connectionsAreAcceptedInTheOrderTheyCame() throws IOException {
        Listener listener = using(place.listen());
        for (int each = 0; each < 20; each++) {
            using(place.connect()).send(Message.utf8("client " + each));
        }
        for (int each = 0; each < 20; each++) {
            assertEquals("client " + each, using(listener.accept()).receive().toUtf8());
        }
    }

    @Test
    void acceptWaitsNotLessThanItsTimeAndWakesWhenTheListenerCloses() throws Exception {
        Listener listener = using(place.listen());
        long start = System.nanoTime();
        assertEquals(Optional.empty(), listener.accept(ofMillis(30)));
        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(30));
        assertEquals(Optional.empty(), listener.accept(ZERO));

        Future<By> waiting = workers.call(() ->
                assertThrows(ConnectionClosedException.class, listener::accept).by());
        listener.close();
        listener.close();

        assertEquals(By.THIS_SIDE, join(waiting));
        assertThrows(ConnectionClosedException.class, () -> listener.accept(ZERO));
        assertFalse(Files.exists(place.path()));
    }

    @Test
    void anInterruptEndsAcceptAndTheListenerLivesOn() throws IOException {
        Listener listener = using(place.listen());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedWaitException.class, () -> listener.accept(ofMillis(1)));
        assertTrue(Thread.interrupted());

        using(place.connect());
        using(listener.accept());
    }

    @Test
    void whoConnectsAndLeavesAtOnceDisturbsNobodyAndLeavesNoDescriptor() throws Exception {
        Listener listener = using(locked.listen());
        exchange(using(locked.connect()), using(listener.accept()));
        long before = UnixPlace.descriptors();
        for (int each = 0; each < 300; each++) {
            locked.dial().close();
        }

        exchange(using(locked.connect()), using(listener.accept()));
        // The last pair has a channel at each end, and up to two selectors of two or three descriptors at each.
        eventually("the descriptors are given back", () -> UnixPlace.descriptors() <= before + 14);
    }

    @Test
    void aListenerThatClosesWithNewcomersInsideLeavesNoDescriptor() throws Exception {
        SocketChannel warm = null;
        try (Listener listener = locked.listen()) {
            warm = locked.dial();
            assertEquals(locked.address, listener.address());
        }
        warm.close();
        long before = UnixPlace.descriptors();
        for (int round = 0; round < 10; round++) {
            List<SocketChannel> silent = new ArrayList<>();
            try (Listener listener = locked.listen()) {
                for (int each = 0; each < 10; each++) {
                    silent.add(locked.dial());
                }
                using(locked.connect()).close();
                assertEquals(locked.address, listener.address());
            }
            for (SocketChannel each : silent) {
                eventually("it is sent away", () -> UnixPlace.read(each) < 0);
                each.close();
            }
        }
        eventually("the descriptors are given back", () -> UnixPlace.descriptors() <= before);
    }

    @Test
    void whoSaysNothingIsSentAwayAfterFiveSecondsWhileOthersAreServedAtOnce() throws Exception {
        Listener listener = using(locked.listen());
        long start = System.nanoTime();
        List<SocketChannel> silent = new ArrayList<>();
        for (int each = 0; each < 3; each++) {
            silent.add(using(locked.dial()));
        }
        for (SocketChannel each : silent) {
            eventually("it is challenged", () -> UnixPlace.read(each) > 0);
        }

        exchange(using(locked.connect()), using(listener.accept()));
        for (SocketChannel each : silent) {
            assertEquals(0, UnixPlace.read(each), "still there");
        }

        for (SocketChannel each : silent) {
            eventually("it is sent away", () -> UnixPlace.read(each) < 0);
        }
        assertTrue(System.nanoTime() - start >= SECONDS.toNanos(5));
        assertEquals(Optional.empty(), listener.accept(ZERO));
    }

    @Test
    void atMostSixtyFourAreInTheirHandshakeAndTheOthersWaitForAPlace() throws Exception {
        using(locked.listen());
        List<SocketChannel> waiting = new ArrayList<>();
        for (int each = 0; each < 70; each++) {
            waiting.add(using(locked.dial()));
        }
        List<SocketChannel> inside = new ArrayList<>();
        eventually("64 are challenged", () -> {
            moveChallenged(waiting, inside);
            return inside.size() >= 64;
        });
        moveChallenged(waiting, inside);
        assertEquals(64, inside.size());

        inside.get(0).close();
        inside.get(1).close();

        eventually("two more are challenged", () -> {
            moveChallenged(waiting, inside);
            return inside.size() == 66;
        });
    }

    private static void moveChallenged(List<SocketChannel> waiting, List<SocketChannel> inside) throws IOException {
        for (SocketChannel each : List.copyOf(waiting)) {
            if (UnixPlace.read(each) > 0) {
                waiting.remove(each);
                inside.add(each);
            }
        }
    }

    @Test
    void aWrongKeyIsRefusedAndTheListenerLivesOn() throws IOException {
        Listener listener = using(locked.listen());

        AccessDeniedException refused = assertThrows(AccessDeniedException.class, wrongKey::connect);

        assertTrue(refused.getMessage().startsWith(wrongKey.address.toString()), refused.getMessage());
        exchange(using(locked.connect()), using(listener.accept()));
        assertEquals(Optional.empty(), listener.accept(ZERO));
    }

    @Test
    void guestsAreServedAlsoWhileTheSystemLetsNobodyIn() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        UnixPlace.Place working = locked.new Place(stream -> new Newcomer(stream));
        Listener listener = using(locked.listen(new Acceptor() {
            @Override
            public java.nio.channels.SelectableChannel channel() {
                return working.channel();
            }

            @Override
            public Newcomer accept() throws IOException {
                if (full.get()) {
                    throw new IOException("Too many open files");
                }
                return working.accept();
            }

            @Override
            public void close() throws IOException {
                working.close();
            }
        }));
        SocketStream<SocketChannel> stream = new SocketStream<>(using(locked.dial()));
        SocketChannel silent = using(locked.dial());
        eventually("it is challenged", () -> UnixPlace.read(silent) > 0);
        full.set(true);
        using(locked.dial());
        Handshake handshake = AuthKeyHandshake.ofClient(
                locked.address, stream, locked.options().authKey(locked.address).orElseThrow());

        eventually("the one inside finishes", handshake::advance);
        using(listener.accept());
        eventually("the silent one is sent away", () -> UnixPlace.read(silent) < 0);
        full.set(false);
        exchange(using(locked.connect()), using(listener.accept()));
    }

    @Test
    void aListenerWhoseKeyCannotBeReadLeavesItsPlaceFree() throws IOException {
        UnixPlace keyless = new UnixPlace(folder, "?authkey-file=" + folder.resolve("missing"));

        assertThrows(InvalidAddressException.class, keyless::listen);

        assertFalse(Files.exists(keyless.path()));
        using(place.listen());
    }

    @Test
    void aHandshakeWithADefectCostsOnlyItsOwnNewcomer() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        Listener listener = using(place.listen(stream -> first.getAndSet(false)
                ? new Newcomer(stream, () -> {
                    throw new IllegalStateException("a defect");
                })
                : new Newcomer(stream)));
        SocketChannel unlucky = using(place.dial());

        eventually("it is sent away", () -> UnixPlace.read(unlucky) < 0);
        exchange(using(place.connect()), using(listener.accept()));
    }

    // ---------------------------------------------------------------- connecting

    @Test
    void connectTriesUntilSomebodyListens() throws Exception {
        Future<Connection> connect = workers.call(() -> place.connect(Waits.FOREVER));
        Listener listener = using(place.listen());

        exchange(using(join(connect)), using(listener.accept()));
    }

    @Test
    void connectToNobodyFailsAfterItsTimeAndSaysWhere() {
        long start = System.nanoTime();
        ConnectFailedException failed = assertThrows(ConnectFailedException.class, () -> place.connect(ofMillis(120)));

        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(120));
        assertTrue(
                failed.getMessage()
                        .startsWith("connect to " + place.address + ": nobody took the connection within 120 ms: "),
                failed.getMessage());
        assertTrue(failed.getCause() instanceof IOException);
        assertThrows(ConnectFailedException.class, () -> place.connect(ZERO));
    }

    @Test
    void connectToAListenerThatDoesNotShakeHandsFailsAfterItsTimeAndLeavesNoDescriptor() throws Exception {
        Listener listener = using(place.listen());
        assertThrows(ConnectFailedException.class, () -> locked.connect(ofMillis(50)));
        listener.accept().close();
        long before = UnixPlace.descriptors();

        long start = System.nanoTime();
        ConnectFailedException failed = assertThrows(ConnectFailedException.class, () -> locked.connect(ofMillis(120)));

        assertTrue(System.nanoTime() - start >= MILLISECONDS.toNanos(120));
        assertTrue(failed.getMessage().contains("authkey-file"), failed.getMessage());
        listener.accept().close();
        eventually("the descriptors are given back", () -> UnixPlace.descriptors() <= before);
    }

    @Test
    void anInterruptEndsConnectWhileNobodyListensAndDuringTheHandshake() throws Exception {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedWaitException.class, () -> place.connect(Waits.FOREVER));
        assertTrue(Thread.interrupted());

        Future<Boolean> flagStays = workers.call(() -> {
            Thread caller = Thread.currentThread();
            workers.interruptThisThreadWhen("it waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
            assertThrows(InterruptedWaitException.class, () -> place.connect(Waits.FOREVER));
            return Thread.interrupted();
        });
        assertTrue(join(flagStays));

        using(place.listen());
        Future<Boolean> flagStaysToo = workers.call(() -> {
            AtomicBoolean shaking = new AtomicBoolean();
            workers.interruptThisThreadWhen("it shakes hands", shaking::get);
            assertThrows(
                    InterruptedWaitException.class,
                    () -> place.connect(
                            Waits.FOREVER,
                            stream -> new Newcomer(stream, () -> {
                                shaking.set(true);
                                return false;
                            })));
            return Thread.interrupted();
        });
        assertTrue(join(flagStaysToo));
    }

    @Test
    void aListenerThatEndsDuringTheHandshakeFailsTheConnect() throws Exception {
        Listener listener = place.listen(stream -> new Newcomer(stream, () -> {
            throw new IOException("not you");
        }));
        using(listener);

        ConnectFailedException failed = assertThrows(ConnectFailedException.class, locked::connect);

        assertTrue(failed.getMessage().contains("the handshake failed"), failed.getMessage());
    }
}
