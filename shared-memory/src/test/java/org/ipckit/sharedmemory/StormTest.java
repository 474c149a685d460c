package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ipckit.sharedmemory.StormVictim.Place;
import org.ipckit.testkit.Eventually;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills one side in the middle of a transfer, again and again, and demands of the other what the contract says: everything
 * published is received, whole and once and in order; the death is noticed; the listener and another connection go on; the
 * next {@code listen} on a dead one's name works at once; nothing is left. The whole storm of a thousand kills, half an
 * hour or so, is part of {@code ./build --long}, and by itself:
 *
 * <pre>
 * ./build --quick --long --only shared-memory -- -Dtest=StormTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class StormTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** How many messages go through before a kill. */
    private static final int LEAST = 1000;

    /** How often each place is hit by the whole storm. */
    private static final int LEAST_HITS = 20;

    /** What a kill aims at: one place, in which the victim halts or is found, or anywhere. */
    private enum Aim {
        WRITING("send", Place.WRITING),
        PUBLISHED("send", Place.PUBLISHED),
        CLAIM_OPEN("send", Place.CLAIM_OPEN),
        WAITING_FOR_ROOM("send", Place.WAITING_FOR_ROOM),
        IN_HANDSHAKE("send", Place.IN_HANDSHAKE),
        ANYWHERE_SENDING("send", null),
        ASLEEP("receive", Place.ASLEEP),
        HANDLING("receive", Place.HANDLING),
        ANYWHERE_RECEIVING("receive", null);

        private final String role;
        private final Place place;

        Aim(String role, Place place) {
            this.role = role;
            this.place = place;
        }

        /** Returns true if the victim halts there by itself; else it is killed when it is seen there. */
        boolean halts() {
            return place != null && place != Place.WAITING_FOR_ROOM && place != Place.ASLEEP;
        }
    }

    /** What the victim is, besides a sender or a receiver. */
    private enum Side {
        CLIENT,
        LISTENER
    }

    private final SharedMemoryTransport transport = new SharedMemoryTransport();
    private final Map<Place, Integer> hits = new EnumMap<>(Place.class);
    private final Map<Side, Integer> killed = new EnumMap<>(Side.class);
    private final Random random = new Random();

    @TempDir
    private Path folder;

    private MappedMemory page;
    private ByteBuffer said;

    @BeforeEach
    void makePage() throws IOException {
        page = MappedMemory.create(folder.resolve("page"), MappedMemory.pageSize());
        said = page.bytes().order(ByteOrder.nativeOrder());
    }

    @AfterEach
    void closePage() {
        page.close();
    }

    @ParameterizedTest
    @CsvSource({"block, 0, 5", "spin, 5, 4"})
    void aKillAtAnyInstantHarmsNobodyElseAndLosesNothingPublished(String wait, int firstAim, int kills)
            throws Exception {
        storm(wait, firstAim, kills);
    }

    @ParameterizedTest
    @Tag("long")
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    @ValueSource(strings = {"block", "spin"})
    void theWholeStorm(String wait) throws Exception {
        storm(wait, 0, 504);
        for (Aim aim : Aim.values()) {
            assertTrue(
                    aim.place == null || hits.get(aim.place) >= LEAST_HITS, () -> aim + " was hit too rarely: " + hits);
        }
    }

    private void storm(String wait, int firstAim, int kills) throws Exception {
        String options = "?capacity=16KiB&dir=" + folder + "&wait=" + wait;
        Address here = Address.parse("shm://" + folder.resolve("s") + options);
        Address there = Address.parse("shm://" + folder.resolve("v") + options);
        try (Listener listener = transport.listen(here);
                Connection near = transport.connect(here, SOON);
                Connection far = listener.accept(SOON).orElseThrow()) {
            Aim[] aims = Aim.values();
            for (int kill = 0; kill < kills; kill++) {
                Aim aim = aims[(firstAim + kill) % aims.length];
                // Nine aims: each meets both sides.
                if (kill % 2 == 0) {
                    killClient(listener, aim);
                } else {
                    killListener(there, aim);
                }
                requireWorking(near, far, kill);
            }
        }
        System.out.println("storm, wait=" + wait + ", " + killed + " killed, where it hit them: " + hits);
        // The last one's is removed by whoever comes next.
        transport.listen(there).close();
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("page"),
                    left.map(file -> file.getFileName().toString()).toList());
        }
    }

    private void killClient(Listener listener, Aim aim) throws Exception {
        try (OtherJvm victim = victim(Side.CLIENT, listener.address(), aim);
                Connection connection = listener.accept(SOON).orElseThrow()) {
            kill(victim, connection, aim);
        }
        if (aim.place == Place.IN_HANDSHAKE) {
            // The one that was never a connection at its other end.
            try (Connection stillborn = listener.accept(SOON).orElseThrow()) {
                assertThrows(ConnectionClosedException.class, () -> stillborn.receive(SOON));
            }
        }
    }

    private void killListener(Address address, Aim aim) throws Exception {
        try (OtherJvm victim = victim(Side.LISTENER, address, aim);
                Connection connection = transport.connect(address, SOON)) {
            kill(victim, connection, aim);
        }
    }

    private OtherJvm victim(Side side, Address address, Aim aim) throws IOException {
        said.putInt(StormVictim.PLACE, Place.BETWEEN.number()).putLong(StormVictim.DONE, 0);
        killed.merge(side, 1, Integer::sum);
        return OtherJvm.run(
                StormVictim.class,
                address.toUri(),
                side == Side.LISTENER ? "listen" : "connect",
                aim.role,
                folder.resolve("page").toString(),
                (aim.halts() ? aim.place : Place.BETWEEN).name(),
                String.valueOf(aim.halts() ? LEAST + random.nextInt(200) : Integer.MAX_VALUE));
    }

    private void kill(OtherJvm victim, Connection connection, Aim aim) throws Exception {
        if (aim.role.equals("send")) {
            killSender(victim, connection, aim);
        } else {
            killReceiver(victim, connection, aim);
        }
        hit();
    }

    private void killSender(OtherJvm victim, Connection connection, Aim aim) throws Exception {
        int received = 0;
        int enough = LEAST + random.nextInt(300);
        By end = null;
        while (end == null) {
            if (received == enough && !aim.halts()) {
                if (aim == Aim.WAITING_FOR_ROOM) {
                    awaitPlace(Place.WAITING_FOR_ROOM);
                } else {
                    TimeUnit.MICROSECONDS.sleep(random.nextInt(500));
                }
                victim.kill();
            }
            try {
                int count = received;
                Message message = connection.receive(SOON).orElseThrow(() -> silent(aim, count));
                StormVictim.check(message.asByteBuffer(), received);
                received++;
            } catch (ConnectionClosedException ended) {
                end = ended.by();
            }
        }
        assertEquals(By.LOSS, end);
        assertTrue(received >= LEAST, "killed after " + received);
        long done = said.getLong(StormVictim.DONE);
        // What it has sent and did not live to count may be one more.
        assertTrue(received == done || received == done + 1, received + " received, " + done + " sent");
    }

    private void killReceiver(OtherJvm victim, Connection connection, Aim aim) throws Exception {
        int sent = 0;
        int enough = LEAST + random.nextInt(300);
        boolean noticed = false;
        while (!noticed) {
            if (sent >= enough && !aim.halts()) {
                connection.flush();
                if (aim == Aim.ASLEEP) {
                    // It may say so a moment before it finds more: asleep is who has had everything.
                    awaitDone(sent);
                    awaitPlace(Place.ASLEEP);
                } else {
                    awaitDone(LEAST);
                }
                TimeUnit.MICROSECONDS.sleep(random.nextInt(500));
                victim.kill();
                enough = Integer.MAX_VALUE;
            }
            ByteBuffer message = ByteBuffer.allocate(StormVictim.sizeOf(sent));
            StormVictim.fill(message, sent);
            try {
                assertTrue(connection.offer(message.flip(), SOON), "no room, and no word of the receiver's death");
                sent++;
            } catch (ConnectionClosedException ended) {
                assertNotEquals(By.THIS_SIDE, ended.by());
                noticed = true;
            }
        }
        assertTrue(said.getLong(StormVictim.DONE) >= LEAST, "killed after " + said.getLong(StormVictim.DONE));
    }

    private void awaitPlace(Place place) {
        Eventually.eventually(() -> "the victim " + place, () -> said.getInt(StormVictim.PLACE) == place.number());
    }

    private void awaitDone(long count) {
        Eventually.eventually(() -> count + " messages", () -> said.getLong(StormVictim.DONE) >= count);
    }

    private AssertionError silent(Aim aim, int received) {
        return new AssertionError(aim + ": nothing came after " + received + " messages, the victim is at place "
                + said.getInt(StormVictim.PLACE) + " after " + said.getLong(StormVictim.DONE));
    }

    private void hit() {
        int number = said.getInt(StormVictim.PLACE);
        for (Place place : Place.values()) {
            if (place.number() == number) {
                hits.merge(place, 1, Integer::sum);
            }
        }
    }

    private static void requireWorking(Connection near, Connection far, int kill) {
        near.send(Message.utf8("after kill " + kill));
        assertEquals(Message.utf8("after kill " + kill), far.receive(SOON).orElseThrow());
        far.send(Message.utf8("and back"));
        assertEquals(Message.utf8("and back"), near.receive(SOON).orElseThrow());
    }
}
