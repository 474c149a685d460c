package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Address;
import org.ipckit.transport.Claim;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Waits;

/** A wait takes its time and no less. Upper bounds are not asked for: a busy machine is not a broken transport. */
@Promise(Rule.TIMEOUT)
interface TimeoutRule {

    Duration SHORT = Duration.ofMillis(40);
    Duration NEGATIVE = Duration.ofNanos(-1);

    @ContractTest
    default void receiveAndPollTakeTheirTimeWhenNothingComes(Stage stage) {
        Pair pair = stage.pair();
        long start = System.nanoTime();

        assertEquals(Optional.empty(), pair.near().receive(SHORT));
        assertEquals(0, pair.near().poll(message -> {}, 1, SHORT));

        requirePassed(start, SHORT.multipliedBy(2));
        pair.requireWorking();
    }

    @ContractTest
    default void receiveWithZeroLooksOnce(Stage stage) {
        Pair pair = stage.pair();
        assertEquals(Optional.empty(), pair.near().receive(Duration.ZERO));

        pair.far().say("here");

        Eventually.eventually("a look to find the message", () -> pair.near()
                .receive(Duration.ZERO)
                .filter(Message.utf8("here")::equals)
                .isPresent());
    }

    @ContractTest
    default void receiveEndsWithTheMessageThatComes(Stage stage) {
        Pair pair = stage.pair();
        Alongside<Optional<Message>> receiving =
                Alongside.startAndWait("receive", () -> pair.near().receive(patience()));

        pair.far().say("here");

        assertEquals(Optional.of(Message.utf8("here")), receiving.await());
    }

    @ContractTest
    default void foreverIsNotOverAtOnce(Stage stage) {
        Pair pair = stage.pair();
        for (Duration forever : new Duration[] {Waits.FOREVER, Duration.ofDays(300 * 366), Duration.ofDays(200_000)}) {
            Alongside<Optional<Message>> receiving =
                    Alongside.startAndWait("receive", () -> pair.near().receive(forever));
            assertFalse(receiving.isDone(), "receive(" + forever + ") has ended");

            pair.far().say("here");

            assertEquals(Optional.of(Message.utf8("here")), receiving.await());
        }
    }

    @ContractTest
    default void offerTakesItsTimeWhenThereIsNoRoomAndHasSentNothingThen(Stage stage) {
        requireRefusedInTime(stage, SHORT, (near, bytes) -> near.offer(ByteBuffer.wrap(bytes), SHORT));
    }

    @ContractTest
    default void offerWithZeroLooksOnce(Stage stage) {
        requireRefusedInTime(stage, Duration.ZERO, (near, bytes) -> near.offer(ByteBuffer.wrap(bytes), Duration.ZERO));
    }

    @ContractTest
    default void claimTakesItsTimeWhenThereIsNoRoom(Stage stage) {
        requireRefusedInTime(stage, SHORT, (near, bytes) -> claimed(near, bytes, SHORT));
    }

    @ContractTest(fromBothSides = false)
    default void claimWithZeroLooksOnce(Stage stage) {
        requireRefusedInTime(stage, Duration.ZERO, (near, bytes) -> claimed(near, bytes, Duration.ZERO));
    }

    /** Sends a message if there is room. */
    @FunctionalInterface
    interface Sending {
        boolean accepted(Connection near, byte[] bytes);
    }

    private static boolean claimed(Connection near, byte[] bytes, Duration timeout) {
        Claim claim = near.claim(bytes.length, timeout);
        if (claim == null) {
            return false;
        }
        claim.buffer().put(bytes);
        claim.commit(bytes.length);
        return true;
    }

    private static void requireRefusedInTime(Stage stage, Duration time, Sending sending) {
        if (!stage.waitsWhenFull()) {
            // What is never full refuses nothing; the rule about capabilities shows that.
            return;
        }
        Pair pair = stage.pair();
        Payload filler = stage.filler();
        int accepted = Traffic.fill(pair.near(), filler);
        long start = System.nanoTime();
        // A kernel may find a little more room when nobody expects it.
        while (sending.accepted(pair.near(), filler.bytes(accepted))) {
            accepted++;
            start = System.nanoTime();
        }
        requirePassed(start, time);

        FarTask receiving = pair.far().receive(filler.first(accepted), Order.ANY);
        pair.near().flush();
        receiving.await();
        pair.requireWorking();
    }

    @ContractTest
    default void offerGoesThroughWhenRoomComes(Stage stage) {
        if (!stage.waitsWhenFull()) {
            return;
        }
        Pair pair = stage.pair();
        Payload filler = stage.filler();
        int accepted = Traffic.fill(pair.near(), filler);
        Alongside<Boolean> offering = Alongside.startAndWait(
                "offer", () -> pair.near().offer(ByteBuffer.wrap(filler.bytes(accepted)), Waits.FOREVER));

        FarTask receiving = pair.far().receive(filler.first(accepted + 1), Order.ANY);

        assertTrue(offering.await());
        pair.near().flush();
        receiving.await();
    }

    @ContractTest
    default void aNegativeTimeIsAnError(Stage stage) {
        Pair pair = stage.pair();
        Connection near = pair.near();

        assertThrows(IllegalArgumentException.class, () -> near.receive(NEGATIVE));
        assertThrows(IllegalArgumentException.class, () -> near.offer(ByteBuffer.allocate(1), NEGATIVE));
        assertThrows(IllegalArgumentException.class, () -> near.claim(1, NEGATIVE));

        pair.requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void acceptTakesItsTimeWhenNobodyComes(Stage stage) {
        Listener listener = stage.listen(stage.address());
        long start = System.nanoTime();

        assertEquals(Optional.empty(), listener.accept(SHORT));

        requirePassed(start, SHORT);
        assertEquals(Optional.empty(), listener.accept(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> listener.accept(NEGATIVE));
        stage.acceptFrom(stage.far(), listener).requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void connectTakesItsTimeWhenNobodyListens(Stage stage) {
        Address address = stage.address();
        long start = System.nanoTime();

        assertThrows(ConnectFailedException.class, () -> stage.transport().connect(address, SHORT));

        requirePassed(start, SHORT);
        assertThrows(ConnectFailedException.class, () -> stage.transport().connect(address, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> stage.transport().connect(address, NEGATIVE));
    }

    private static void requirePassed(long startNanos, Duration time) {
        long passed = System.nanoTime() - startNanos;
        assertTrue(passed >= time.toNanos(), "it ended after " + passed / 1000 + " us of " + time.toMillis() + " ms");
    }
}
