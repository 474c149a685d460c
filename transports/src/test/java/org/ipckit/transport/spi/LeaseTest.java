package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.WaitStrategy;
import org.ipckit.transport.Waits;
import org.ipckit.transport.spi.Ending.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LeaseTest {

    @TempDir
    Path folder;

    private final Workers workers = new Workers();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final BlockingQueue<Lease> leases = new LinkedBlockingQueue<>();
    private final AtomicInteger prepared = new AtomicInteger();
    private Path file;
    private Address address;

    @BeforeEach
    void names() {
        file = folder.resolve("s");
        address = Address.parse("test://" + file);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        workers.close();
        eventually("no lease is watched over", () -> LeaseWatch.size() == 0);
    }

    private <T extends AutoCloseable> T using(T resource) {
        open.add(resource);
        return resource;
    }

    /** Answers with what it was told; what it makes of a lease is a connection that only holds it. */
    private LeaseListener listen() {
        return using(LeaseListener.listen(address, file, this::welcome));
    }

    private LeaseListener.Welcome welcome(Message hello) {
        if (hello.equals(Message.utf8("go away"))) {
            throw new AccessDeniedException("we are full");
        }
        prepared.incrementAndGet();
        return new LeaseListener.Welcome() {
            @Override
            public Message answer() {
                return Message.utf8("you said " + hello.toUtf8());
            }

            @Override
            public Connection connection(Lease lease) {
                leases.add(lease);
                return new DuplexConnection(
                        address,
                        Capabilities.reliable(1),
                        WaitStrategy.BLOCK,
                        new ScriptedOutbox(),
                        new ThreadSleeper(),
                        new ScriptedInbox(),
                        new ThreadSleeper(),
                        () -> {
                            lease.close();
                            prepared.decrementAndGet();
                        },
                        lease.peer());
            }

            @Override
            public void close() {
                prepared.decrementAndGet();
            }
        };
    }

    private Lease connect(String hello) {
        return using(Lease.connect(address, file, Message.utf8(hello), ofSeconds(30)));
    }

    private Lease accept(Listener listener) throws InterruptedException {
        using(listener.accept());
        return leases.take();
    }

    private static Kind kind(Lease lease) throws Exception {
        eventually("the peer is gone", lease::peerGone);
        return lease.ending().orElseThrow().kind();
    }

    private Future<?> sleep(Lease lease) {
        ThreadSleeper sleeper = new ThreadSleeper();
        lease.wakes(sleeper);
        sleeper.sleep(Long.MAX_VALUE);
        return workers.start(() -> sleeper.sleep(Long.MAX_VALUE));
    }

    // ---------------------------------------------------------------- meeting

    @Test
    void bothSidesGreetEachOtherBeforeAnybodyAccepts() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        assertEquals("you said hello", client.answer().toUtf8());

        Lease accepted = accept(listener);

        assertFalse(client.peerGone());
        assertFalse(accepted.peerGone());
        assertEquals(Optional.empty(), client.ending());
        assertEquals(PrivateFiles.uid(), accepted.peer().orElseThrow().uid().orElseThrow());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aListenerRefusesWithASentence() {
        listen();

        AccessDeniedException refused = assertThrows(AccessDeniedException.class, () -> connect("go away"));

        assertEquals("connect to " + address + ": the listener refuses: we are full", refused.getMessage());
        assertEquals("you said please", connect("please").answer().toUtf8());
    }

    @Test
    void aHelloHasAtMost256Bytes() {
        listen();

        assertEquals(9 + 247, connect("x".repeat(247)).answer().size());
        assertThrows(IllegalArgumentException.class, () -> connect("x".repeat(257)));
    }

    @Test
    void aStrangerWhoAnnouncesMoreIsSentAway() throws Exception {
        listen();
        SocketChannel stranger = using(SocketFile.connect(address, file));
        stranger.write(ByteBuffer.allocate(4).putInt(0, 257));

        eventually("it is sent away", () -> UnixPlace.read(stranger) < 0);
        connect("hello");
    }

    @Test
    void whatWasPreparedForOneWhoDoesNotStayIsGivenBack() throws Exception {
        LeaseListener listener = listen();
        connect("never accepted");
        assertEquals(1, prepared.get());

        listener.close();

        assertEquals(0, prepared.get());
        assertFalse(Files.exists(file));
        assertEquals(0, files());
    }

    private long files() throws IOException {
        try (var all = Files.list(folder)) {
            return all.count();
        }
    }

    @Test
    void oneListensAtATimeAndItsFileGoesWithIt() throws Exception {
        LeaseListener first = listen();
        assertThrows(AddressInUseException.class, this::listen);
        first.close();
        assertEquals(0, files());
        listen();
    }

    @Test
    void nobodyThereIsAFailureAfterItsTimeAndTooLongAPathAtOnce() {
        assertThrows(ConnectFailedException.class, () -> Lease.connect(address, file, Message.of(), ofMillis(20)));
        Path far = folder.resolve("x".repeat(107));
        assertThrows(InvalidAddressException.class, () -> Lease.connect(address, far, Message.of(), Waits.FOREVER));
        assertThrows(InvalidAddressException.class, () -> LeaseListener.listen(address, far, this::welcome));
    }

    // ---------------------------------------------------------------- ringing

    @Test
    void aRingWakesWhoeverSleepsAtTheOtherSideEitherWay() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        Lease accepted = accept(listener);
        for (int round = 0; round < 100; round++) {
            Future<?> sleeper = sleep(accepted);
            client.ring();
            join(sleeper);
            sleeper = sleep(client);
            accepted.ring();
            join(sleeper);
        }
    }

    @Test
    void aRingBeforeAnybodyIsNamedIsNotLost() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        client.ring();
        Lease accepted = accept(listener);
        ThreadSleeper sleeper = new ThreadSleeper();

        accepted.wakes(sleeper);

        sleeper.sleep(Long.MAX_VALUE);
    }

    /** As a mechanism does: say it in shared memory, then ring; look, then sleep. */
    @Test
    void noRingIsLostHoweverTheTwoMeet() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        Lease accepted = accept(listener);
        AtomicInteger said = new AtomicInteger();
        AtomicInteger heard = new AtomicInteger();
        ThreadSleeper untilSaid = new ThreadSleeper();
        ThreadSleeper untilHeard = new ThreadSleeper();
        accepted.wakes(untilSaid);
        client.wakes(untilHeard);
        int rounds = 5000;
        Future<?> hearer = workers.start(() -> {
            for (int round = 1; round <= rounds; round++) {
                while (said.get() < round) {
                    untilSaid.sleep(Long.MAX_VALUE);
                }
                heard.set(round);
                accepted.ring();
            }
        });
        for (int round = 1; round <= rounds; round++) {
            said.set(round);
            client.ring();
            while (heard.get() < round) {
                untilHeard.sleep(Long.MAX_VALUE);
            }
        }
        join(hearer);
    }

    @Test
    void aPeerThatIsStoppedIsNotGoneAndRingingItNeverWaitsNorFails() throws Exception {
        Listener listener = listen();
        try (Forked other = Forked.java(LeaseMain.class, file.toString(), "hello")) {
            assertEquals("answer you said hello", other.hear());
            Lease accepted = accept(listener);
            tell(other, "listen");
            other.signal("STOP");

            for (int each = 0; each < 100_000; each++) {
                accepted.ring();
            }
            assertFalse(accepted.peerGone());
            other.signal("CONT");

            tell(other, "sleep");
            assertFalse(accepted.peerGone());
            // Its goodbye had no room while it was stopped.
            other.signal("STOP");
            for (int each = 0; each < 100_000; each++) {
                accepted.ring();
            }
            accepted.close();
            other.signal("CONT");
            other.say("gone");
            assertEquals("GOODBYE done", other.hear());
        }
    }

    private static void tell(Forked other, String what) throws IOException {
        other.say(what);
        assertEquals("done", other.hear());
    }

    // ---------------------------------------------------------------- going

    @Test
    void aGoodbyeTellsAnEndFromALoss() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        Lease accepted = accept(listener);
        Future<?> sleeper = sleep(accepted);

        client.close();
        client.close();

        join(sleeper);
        assertEquals(Kind.GOODBYE, kind(accepted));
        accepted.ring();
        accepted.close();
        client.ring();
    }

    @Test
    void aGoodbyeIsHeardAlsoWithRingsThatNobodyReadsOnTheWayBack() throws Exception {
        Listener listener = listen();
        for (int round = 0; round < 50; round++) {
            Lease client = connect("hello");
            Lease accepted = accept(listener);
            for (int each = 0; each < 50; each++) {
                accepted.ring();
                client.ring();
            }
            client.close();
            accepted.ring();
            assertEquals(Kind.GOODBYE, kind(accepted));
            accepted.close();
        }
    }

    @Test
    void aProcessThatIsKilledIsALossAndWakesWhoSleeps() throws Exception {
        Listener listener = listen();
        try (Forked other = Forked.java(LeaseMain.class, file.toString(), "hello")) {
            assertEquals("answer you said hello", other.hear());
            Lease accepted = accept(listener);
            Future<?> sleeper = sleep(accepted);

            other.kill();

            join(sleeper);
            assertEquals(Kind.LOSS, kind(accepted));
            assertTrue(accepted.ending().orElseThrow().text().contains("without a goodbye"));
        }
    }

    @Test
    void aListenersSideThatClosesIsAGoodbyeToAnotherProcessToo() throws Exception {
        Listener listener = listen();
        try (Forked other = Forked.java(LeaseMain.class, file.toString(), "hello")) {
            assertEquals("answer you said hello", other.hear());
            Lease accepted = accept(listener);
            Future<?> sleeper = sleep(accepted);
            tell(other, "ring");
            join(sleeper);

            tell(other, "listen");
            accepted.close();

            other.say("gone");
            assertEquals("GOODBYE done", other.hear());
        }
    }

    @Test
    void whatThisSideHasClosedHasNoEndOfThePeers() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        Lease accepted = accept(listener);
        client.close();
        assertEquals(Kind.GOODBYE, kind(accepted));

        assertFalse(client.peerGone());
    }

    // ---------------------------------------------------------------- many

    private static long watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ipckit-leases"))
                .count();
    }

    @Test
    void aThousandLeasesCostOneThreadWhichEndsWithThem() throws Exception {
        Listener listener = listen();
        for (int each = 0; each < 500; each++) {
            connect("hello");
            accept(listener);
        }
        assertEquals(1, watchers());
        assertEquals(1000, LeaseWatch.size());

        for (AutoCloseable each : open) {
            each.close();
        }

        eventually("the thread has ended", () -> watchers() == 0);
        assertEquals(0, prepared.get());
    }

    @Test
    void theThreadEndsAlsoWhenOnlyLeasesOfPeersThatWentAreLeft() throws Exception {
        Listener listener = listen();
        try (Forked other = Forked.java(LeaseMain.class, file.toString(), "hello")) {
            assertEquals("answer you said hello", other.hear());
            Lease accepted = accept(listener);
            other.kill();
            assertEquals(Kind.LOSS, kind(accepted));
        }
        eventually("the thread has ended", () -> watchers() == 0);

        Lease next = connect("hello");
        accept(listener).close();
        assertEquals(Kind.GOODBYE, kind(next));
    }

    @Test
    void aThousandCyclesLeaveNoDescriptor() throws Exception {
        Listener listener = listen();
        cycle(listener);
        long before = UnixPlace.descriptors();

        for (int round = 0; round < 1000; round++) {
            cycle(listener);
        }

        eventually("the descriptors are given back", () -> UnixPlace.descriptors() <= before);
        assertEquals(0, prepared.get());
    }

    private void cycle(Listener listener) throws Exception {
        Lease client = Lease.connect(address, file, Message.of(), ofSeconds(30));
        Connection accepted = listener.accept(ofSeconds(30)).orElseThrow();
        Lease lease = leases.poll(30, TimeUnit.SECONDS);
        client.ring();
        lease.ring();
        if (lease.hashCode() % 2 == 0) {
            client.close();
            accepted.close();
        } else {
            accepted.close();
            client.close();
        }
        assertEquals(Optional.empty(), listener.accept(ZERO));
    }
}
