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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills one side in the middle of a transfer, again and again, and demands of the other what the contract says: everything
 * published is received, whole and once and in order; the death is noticed; the listener and another connection go on;
 * nothing is left. The whole storm, ten minutes or more:
 *
 * <pre>
 * mvn test -pl shared-memory -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=StormTest \
 *     -DargLine=-Dipckit.storm.kills=500 -Dsurefire.timeout=7200
 * </pre>
 */
class StormTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** For each way to wait; 500 make the thousand of the whole storm. */
    private static final int KILLS = Integer.getInteger("ipckit.storm.kills", 10);

    private static final int LEAST = 1000;

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

    private final SharedMemoryTransport transport = new SharedMemoryTransport();
    private final Map<Place, Integer> hits = new EnumMap<>(Place.class);
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
    @ValueSource(strings = {"block", "spin"})
    void aKillAtAnyInstantHarmsNobodyElseAndLosesNothingPublished(String wait) throws Exception {
        Address address =
                Address.parse("shm://" + folder.resolve("s") + "?capacity=16KiB&dir=" + folder + "&wait=" + wait);
        try (Listener listener = transport.listen(address);
                Connection near = transport.connect(address, SOON);
                Connection far = listener.accept(SOON).orElseThrow()) {
            Aim[] aims = Aim.values();
            for (int kill = 0; kill < KILLS; kill++) {
                kill(listener, aims[kill % aims.length]);
                requireWorking(near, far, kill);
            }
        }
        System.out.println("storm, wait=" + wait + ", " + KILLS + " kills, where they hit: " + hits);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of("page"),
                    left.map(file -> file.getFileName().toString()).toList());
        }
        if (KILLS >= 500) {
            for (Aim aim : Aim.values()) {
                assertTrue(aim.place == null || hits.get(aim.place) >= 20, () -> aim + " was hit too rarely: " + hits);
            }
        }
    }

    private void kill(Listener listener, Aim aim) throws Exception {
        said.putInt(StormVictim.PLACE, Place.BETWEEN.number()).putLong(StormVictim.DONE, 0);
        int haltAt = aim.halts() ? LEAST + random.nextInt(200) : Integer.MAX_VALUE;
        String place = (aim.halts() ? aim.place : Place.BETWEEN).name();
        try (OtherJvm victim = OtherJvm.run(
                        StormVictim.class,
                        listener.address().toUri(),
                        aim.role,
                        folder.resolve("page").toString(),
                        place,
                        String.valueOf(haltAt));
                Connection connection = listener.accept(SOON).orElseThrow()) {
            if (aim.role.equals("send")) {
                killSender(victim, connection, aim);
            } else {
                killReceiver(victim, connection, aim);
            }
        }
        if (aim.place == Place.IN_HANDSHAKE) {
            // The one that was never a connection at its other end.
            try (Connection stillborn = listener.accept(SOON).orElseThrow()) {
                assertThrows(ConnectionClosedException.class, () -> stillborn.receive(SOON));
            }
        }
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
        hit();
    }

    private void killReceiver(OtherJvm victim, Connection connection, Aim aim) throws Exception {
        int sent = 0;
        int enough = LEAST + random.nextInt(300);
        boolean noticed = false;
        while (!noticed) {
            if (sent >= enough && !aim.halts()) {
                if (aim == Aim.ASLEEP) {
                    awaitPlace(Place.ASLEEP);
                } else {
                    Eventually.eventually("1000 messages", () -> said.getLong(StormVictim.DONE) >= LEAST);
                }
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
        hit();
    }

    private void awaitPlace(Place place) {
        Eventually.eventually(() -> "the victim " + place, () -> said.getInt(StormVictim.PLACE) == place.number());
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
