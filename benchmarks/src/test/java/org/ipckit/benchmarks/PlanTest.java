package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.ipckit.benchmarks.BenchmarkSettings.Selection;
import org.ipckit.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {

    private static final Processors PROCESSORS = new Processors(0, 1, "");

    @Test
    void everyTransportOfTheRegistryIsARowAndSoIsItsLimit() {
        List<String> rows = rows(List.of(), Set.of(), true);

        Transports.registry()
                .transports()
                .forEach(transport -> assertTrue(rows.contains(transport.scheme()), rows.toString()));
        assertTrue(rows.containsAll(List.of("uds?provider=jnr", "c-uds", "c-tcp", "c-cache-line")), rows.toString());
        assertTrue(rows.stream().noneMatch(row -> row.startsWith("raw-") || row.equals("hangs")), rows.toString());
    }

    @Test
    void rowsWithTheSameLimitStandTogether() {
        assertEquals(
                List.of("uds", "raw-uds", "c-uds", "tcp", "c-tcp"),
                rows(List.of("uds", "tcp", "raw-uds"), Set.of(), true));
    }

    @Test
    void onlyTakesAnyOptionsOfATransportAndSingleLimits() {
        assertEquals(
                List.of("uds?buffer=64KiB&wait=spin", "c-futex"),
                rows(List.of("uds?buffer=64KiB&wait=spin", "c-futex"), Set.of(), false));
    }

    @Test
    void groupsAreAddedOnRequest() {
        assertEquals(
                List.of("uds", "raw-uds", "raw-pipe", "raw-tcp", "raw-jedis"),
                rows(List.of("uds"), Set.of("raw"), false));
        assertTrue(rows(List.of("uds"), Set.of("limits"), true).contains("c-spin-futex"));
        assertTrue(rows(List.of("uds"), Set.of("peers"), false).contains("refuses"));
    }

    @Test
    void aTransportComesWithTheVariantThatHasAnotherLimit() {
        assertEquals(List.of("shm", "c-spin-futex", "shm?wait=spin", "c-record"), rows(List.of("shm"), Set.of(), true));
        assertEquals(List.of("shm?wait=spin"), rows(List.of("shm?wait=spin"), Set.of(), false));
    }

    @Test
    void peersStandBesideWhatTheyAreComparedWith() {
        List<String> rows = rows(List.of("shm"), Set.of("peers"), true);

        assertEquals(
                List.of("peer-aeron", "peer-agrona", "peer-agrona-many", "peer-chronicle", "c-record"),
                rows.subList(rows.indexOf("shm?wait=spin") + 1, rows.indexOf("c-record") + 1));
        assertEquals(
                List.of("uds", "peer-junixsocket", "peer-netty", "peer-grpc", "peer-python", "c-uds"),
                rows(List.of("uds"), Set.of("peers"), true).subList(0, 6));
    }

    @Test
    void aPeerWhoseLibraryIsNotHereIsARowWithThatReason(@TempDir Path home) throws IOException {
        Row row = new Row("peer-chronicle", Contender.Group.PEER, "c-record", null);
        assertTrue(plan(List.of("peer-chronicle"), Optional.of(home))
                .unavailable(row)
                .orElseThrow()
                .contains("its library is not here"));

        Path jars = Files.createDirectories(home.resolve("cli/target/peers/ipckit-peers-chronicle"));
        Files.createFile(jars.resolve("a.jar"));
        Files.createFile(jars.resolve("b.jar"));
        Plan there = plan(List.of("peer-chronicle"), Optional.of(home));
        assertEquals(Optional.empty(), there.unavailable(row));
        Contender peer = Peers.all(Optional.of(home)).get(3);
        assertEquals(Optional.of(jars.resolve("a.jar") + File.pathSeparator + jars.resolve("b.jar")), peer.classPath());
        assertTrue(peer.jvmFlags().contains("-Dchronicle.analytics.disable=true"));
    }

    @Test
    void anUnknownRowIsRefusedWithTheNamesThereAre() {
        String refusal = assertThrows(IllegalArgumentException.class, () -> rows(List.of("upd"), Set.of(), false))
                .getMessage();

        assertTrue(refusal.contains("upd") && refusal.contains("raw-uds") && refusal.contains("inproc"), refusal);
    }

    @Test
    void anUnknownOptionOfATransportIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> rows(List.of("uds?colour=red"), Set.of(), false));
    }

    @Test
    void everySizeIsARowBesideItsOwnLimit() {
        Selection two = selection(List.of("uds", "tcp"), Set.of(), List.of(64, 1024), true, false);

        Plan plan = plan(two, 7, Optional.empty());

        assertEquals(
                List.of("uds", "c-uds", "tcp", "c-tcp", "uds 1KiB", "c-uds 1KiB", "tcp 1KiB", "c-tcp 1KiB"),
                plan.rows().stream().map(Row::label).toList());
        assertEquals("c-uds", plan.rows().get(4).limit());
        assertEquals(1024, plan.rows().get(4).sizeBytes());
        assertEquals("uds", plan.rows().get(5).mechanism());
    }

    @Test
    void aLimitOfEightBytesIsNoneOfLongerMessages() {
        Plan plan = plan(selection(List.of("signal"), Set.of(), List.of(64, 1024), true, false), 7, Optional.empty());

        assertEquals(
                List.of("signal", "c-signal", "signal 1KiB"),
                plan.rows().stream().map(Row::label).toList());
        assertEquals(null, plan.rows().get(2).limit());
    }

    @Test
    void aRowIsNotTriedWithMessagesThatItDoesNotCarry() {
        Plan plan = plan(
                selection(List.of("signal", "jsonfile"), Set.of(), List.of(1 << 20), true, false), 7, Optional.empty());

        assertEquals(
                List.of("signal", "jsonfile", "c-file-lock"),
                plan.rows().stream().map(Row::name).toList());
        assertTrue(plan.unavailable(plan.rows().get(0)).orElseThrow().contains("65536"));
        assertEquals(Optional.empty(), plan.unavailable(plan.rows().get(1)));
    }

    @Test
    void theRingsOfAgronaAreNotTriedWithMessagesOfMoreThanAnEighthOfThem() {
        List<String> rings = List.of("peer-agrona", "peer-agrona-many");
        Plan plan = plan(selection(rings, Set.of(), List.of(1 << 20), false, false), 7, Optional.empty());

        for (Row row : plan.rows()) {
            assertEquals(Optional.of("a message has at most 131072 bytes"), plan.unavailable(row));
        }
        assertEquals(2, plan.rows().size());
    }

    @Test
    void setUpAndIdleAreOfTheFirstSizeAndTheResultsSaySo() {
        Set<Measurement> further = Set.of(Measurement.IDLE, Measurement.OPEN_LOOP);

        Selection two = further(further, List.of(1024, 64));

        assertTrue(two.measurements(0).containsAll(further));
        assertFalse(two.measurements(1).contains(Measurement.IDLE));
        assertTrue(two.remark().orElseThrow().endsWith("with messages of 1024 bytes only"));
        assertEquals(Optional.empty(), further(further, List.of(64)).remark());
        assertEquals(
                Optional.empty(),
                further(Set.of(Measurement.OPEN_LOOP), List.of(1024, 64)).remark());
    }

    private static Selection further(Set<Measurement> further, List<Integer> sizes) {
        return new Selection(List.of("uds"), Set.of(), sizes, false, further, 1, 1, false);
    }

    @Test
    void everyWayToWaitIsARowWhereItIsAskedFor() {
        assertEquals(
                List.of("uds", "uds?wait=backoff", "uds?wait=spin"),
                plan(selection(List.of("uds"), Set.of(), List.of(64), false, true), 7, Optional.empty()).rows().stream()
                        .map(Row::name)
                        .toList());
    }

    @Test
    void aRowInMemoryHasAsManyPairsOfJvmsAsAreAskedFor() {
        Selection three =
                new Selection(List.of("uds", "shm?wait=spin"), Set.of(), List.of(64), false, Set.of(), 1, 3, false);

        assertEquals(
                List.of("uds", "shm?wait=spin", "shm?wait=spin", "shm?wait=spin"),
                plan(three, 7, Optional.empty()).participants().get(0).stream()
                        .map(participant -> participant.row().name())
                        .toList());
    }

    @Test
    void topicsAreRowsWithOneTwoAndFourSubscribers() {
        List<String> rows = rows(List.of("uds"), Set.of("topics"), false);

        assertTrue(
                rows.containsAll(List.of("topic-redis-1", "topic-redis-2", "topic-redis-4", "topic-redis-stream-4")),
                rows.toString());
    }

    @Test
    void aLongRunIsDividedBetweenGroupsThatAreComparedWithEachOther() {
        Selection everything = selection(List.of(), Set.of("raw"), List.of(64, 1024), true, true);

        List<List<Participant>> sections = plan(everything, 7, Optional.empty()).participants();

        assertTrue(sections.size() > 2, sections.size() + " sections");
        for (List<Participant> section : sections) {
            List<Row> rows = section.stream().map(Participant::row).toList();
            Set<String> names = rows.stream().map(Row::name).collect(Collectors.toSet());
            rows.forEach(row -> assertTrue(row.limit() == null || names.contains(row.limit()), row.toString()));
            assertEquals(1, rows.stream().map(Row::sizeBytes).distinct().count());
        }
    }

    @Test
    void whatDoesNotDependOnTheSizeIsMeasuredWithTheFirst() {
        Selection full =
                new Selection(List.of(), Set.of(), Selection.FULL_SIZES, true, Measurement.FURTHER, 1, 3, true);

        assertTrue(full.measurements(0).containsAll(Measurement.FURTHER));
        assertFalse(full.measurements(1).contains(Measurement.IDLE));
        assertTrue(full.measurements(1).contains(Measurement.OPEN_LOOP));
    }

    @Test
    void moreRoundsTakeLonger() {
        assertTrue(plan(List.of("uds"), Set.of(), false, 20)
                        .estimate()
                        .compareTo(plan(List.of("uds"), Set.of(), false, 2).estimate())
                > 0);
    }

    private static List<String> rows(List<String> only, Set<String> include, boolean limits) {
        return plan(only, include, limits, 7).rows().stream().map(Row::name).toList();
    }

    private static Plan plan(List<String> only, Optional<Path> home) {
        return plan(only, Set.of(), false, 7, home);
    }

    private static Plan plan(List<String> only, Set<String> include, boolean limits, int rounds) {
        return plan(only, include, limits, rounds, Optional.empty());
    }

    private static Plan plan(List<String> only, Set<String> include, boolean limits, int rounds, Optional<Path> home) {
        return plan(selection(only, include, List.of(64), limits, false), rounds, home);
    }

    private static Selection selection(
            List<String> only, Set<String> include, List<Integer> sizes, boolean limits, boolean waits) {
        return new Selection(only, include, sizes, waits, Set.of(), 1, 1, limits);
    }

    private static Plan plan(Selection selection, int rounds, Optional<Path> home) {
        BenchmarkSettings settings = new BenchmarkSettings(
                selection,
                new BenchmarkSettings.Timing(
                        rounds, Duration.ofMillis(200), Duration.ofMillis(100), OptionalDouble.empty()),
                Path.of("bench.json"),
                home,
                "test");
        return Plan.of(settings, Transports.registry(), PROCESSORS);
    }
}
