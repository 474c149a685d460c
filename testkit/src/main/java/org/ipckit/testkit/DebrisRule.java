package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.junit.jupiter.api.Tag;

/** Nothing is left behind, and nothing of others is touched. */
@Promise(Rule.DEBRIS)
interface DebrisRule {

    /** What may differ for reasons of the JVM's own. */
    int SLACK = 8;

    /** What the first rounds make once and keep. */
    int ROUNDS_TO_WARM_UP = 10;

    @ContractTest
    default void nothingIsLeftWhenAllHasClosed(Stage stage) {
        Address address = stage.address();
        Pair pair = stage.pair(address);
        pair.requireWorking();

        pair.near().close();
        pair.far().close();
        stage.closeAll();

        assertEquals(List.of(), filesIn(stage.folder()));
    }

    @ContractTest(value = Where.OTHER_JVM, fromBothSides = false)
    default void whatADeadListenerLeftIsReclaimedByTheNext(Stage stage) {
        Address address = stage.address();
        ForkedFarEnd far = stage.ownFarEnd();
        stage.pair(address, far).requireWorking();

        far.kill();

        Listener next = stage.listen(address);
        stage.acceptFrom(stage.far(), next).requireWorking();
        stage.closeAll();
        assertEquals(List.of(), filesIn(stage.folder()));
    }

    @ContractTest(fromBothSides = false)
    default void aLiveListenersAddressIsInUse(Stage stage) {
        Address address = stage.far().listen("first", stage.address());

        AddressInUseException refused = assertThrows(
                AddressInUseException.class, () -> stage.transport().listen(address));

        assertTrue(refused.getMessage().contains(address.toString()), refused.getMessage());
        stage.connectTo(stage.far(), "first", address).requireWorking();
    }

    @ContractTest(fromBothSides = false)
    default void anAddressIsFreeAgainWhenItsListenerHasClosed(Stage stage) {
        Address address = stage.address();
        for (int round = 0; round < 3; round++) {
            Listener listener = stage.listen(address);
            stage.acceptFrom(stage.far(), listener).requireWorking();
            listener.close();
        }
        Address again = stage.far().listen("another", address);
        stage.connectTo(stage.far(), "another", again).requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void aForeignFileIsNeverTouched(Stage stage) throws IOException {
        Address address = stage.address();
        Path file = Path.of(address.target());
        if (!file.startsWith(stage.folder())) {
            assertEquals(List.of(), filesIn(stage.folder()), "no file, then none at all");
            return;
        }
        Files.writeString(file, "somebody's diary");

        assertThrows(TransportException.class, () -> stage.transport().listen(address));
        assertThrows(TransportException.class, () -> stage.transport().connect(address, Duration.ofMillis(50)));

        assertEquals("somebody's diary", Files.readString(file));
        assertEquals(List.of(file), filesIn(stage.folder()));
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void openingAndClosingLeavesNothing(Stage stage) {
        requireNothingLeftAfter(stage, Integer.getInteger("ipckit.rounds", 200));
    }

    @Tag("long")
    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void openingAndClosingForLongLeavesNothing(Stage stage) {
        requireNothingLeftAfter(stage, 10_000);
    }

    @ContractTest(value = Where.OTHER_JVM)
    default void theFarEndsComingsAndGoingsLeaveNothing(Stage stage) {
        Address address = stage.address();
        FarEnd far = stage.far();
        openAndClose(stage, far, address);
        Usage nearBefore = Usage.now();
        Usage farBefore = Usage.ofWords(far.tell(Verb.COUNT));

        for (int round = 0; round < 3 * SLACK; round++) {
            openAndClose(stage, far, address);
        }

        requireNoMore(nearBefore, Usage::now);
        requireNoMore(farBefore, () -> Usage.ofWords(far.tell(Verb.COUNT)));
    }

    private static void openAndClose(Stage stage, FarEnd far, Address address) {
        Pair pair = stage.pair(address, far);
        pair.requireWorking();
        pair.near().close();
        far.reset();
        stage.closeAll();
    }

    private static void requireNothingLeftAfter(Stage stage, int rounds) {
        Address address = stage.address();
        for (int round = 0; round < ROUNDS_TO_WARM_UP; round++) {
            openAndClose(stage, address, round);
        }
        Usage before = Usage.now();

        for (int round = 0; round < rounds; round++) {
            openAndClose(stage, address, round);
        }

        requireNoMore(before, Usage::now);
        assertEquals(List.of(), filesIn(stage.folder()));
    }

    private static void openAndClose(Stage stage, Address address, int round) {
        try (Listener listener = stage.transport().listen(address);
                Connection here = stage.transport().connect(listener.address(), patience());
                Connection there = listener.accept(patience()).orElseThrow()) {
            here.send(Message.utf8("round " + round));
            assertEquals(Message.utf8("round " + round), Traffic.next(there));
            if (round % 2 == 0) {
                // Somebody who has slept has more to give back.
                assertTrue(here.receive(Duration.ofMillis(1)).isEmpty());
            }
        }
    }

    private static void requireNoMore(Usage before, java.util.function.Supplier<Usage> count) {
        Eventually.eventually(() -> "no more than " + before + ", is " + count.get(), () -> {
            Usage now = count.get();
            return now.descriptors() <= before.descriptors() + SLACK && now.threads() <= before.threads() + SLACK;
        });
    }

    private static List<Path> filesIn(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            // The folders in it are the kit's own.
            return all.filter(path -> !Files.isDirectory(path)).toList();
        } catch (IOException refused) {
            throw new java.io.UncheckedIOException(refused);
        }
    }
}
