package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.Tag;

/** The far end's process is killed with signal 9, wherever it is. */
@Promise(Rule.CRASH)
interface CrashRule {

    /** More than will be sent before the end. */
    Payload ENDLESS = new Payload(81, 1_000_000, 8, 400);

    @ContractTest(Where.OTHER_JVM)
    default void aDeadPeerIsNoticedWhateverItDid(Stage stage) {
        ForkedFarEnd far = stage.ownFarEnd();
        Pair idle = stage.pair(stage.address(), far);
        Pair claiming = stage.pair(stage.address(), far);
        Pair receiving = stage.pair(stage.address(), far);
        Pair stalled = stage.pair(stage.address(), far);
        claiming.far().claim(100);
        FarTask taken = receiving.far().receive(ENDLESS, Order.ANY);
        Alongside<?> waiting = Alongside.start(
                "receive of an idle connection", () -> idle.near().receive());
        Alongside<?> waitingForClaim =
                Alongside.start("receive from a claimer", () -> claiming.near().receive());
        Alongside<?> sending = Alongside.start("send to a receiver", () -> {
            Traffic.send(receiving.near(), ENDLESS);
            return null;
        });
        Alongside<?> pushing = Alongside.start("send to one who does not receive", () -> {
            Traffic.send(stalled.near(), ENDLESS);
            return null;
        });
        taken.awaitProgress(50);

        far.kill();

        requireEnd(waiting);
        requireEnd(waitingForClaim);
        requireEnd(sending);
        requireEnd(pushing);
        for (Pair each : new Pair[] {idle, claiming, receiving, stalled}) {
            requireOver(each.near());
        }
    }

    @ContractTest(Where.OTHER_JVM)
    default void whatWasCommittedBeforeAKillIsReceivedWholeAndOnce(Stage stage) {
        ForkedFarEnd far = stage.ownFarEnd();
        Pair read = stage.pair(stage.address(), far);
        Pair unread = stage.pair(stage.address(), far);
        Pair large = stage.pair(stage.address(), far);
        FarTask sendingRead = read.far().send(ENDLESS);
        FarTask sendingUnread = unread.far().send(ENDLESS);
        Payload torn = Payload.of(82, 100, stage.atMost(5_000_000));
        FarTask sendingLarge = large.far().send(torn);
        Alongside<Tally> reading = Alongside.start("receive all", () -> drained(read.near(), ENDLESS));
        sendingRead.awaitProgress(500);
        sendingUnread.awaitProgress(1);

        far.kill();

        requireCommitted(stage, reading.await(), sendingRead);
        requireCommitted(stage, drained(unread.near(), ENDLESS), sendingUnread);
        requireCommitted(stage, drained(large.near(), torn), sendingLarge);
    }

    @ContractTest(value = Where.OTHER_JVM, fromBothSides = false)
    default void aListenerAndItsOtherConnectionsOutliveADeadPeer(Stage stage) {
        Listener listener = stage.listen(stage.address());
        ForkedFarEnd doomed = stage.ownFarEnd();
        Pair dying = stage.acceptFrom(doomed, listener);
        Pair living = stage.acceptFrom(stage.far(), listener);
        doomed.tell(
                Verb.CONNECT,
                "unaccepted",
                listener.address().toUri(),
                patience().toMillis());

        doomed.start(Verb.HALT);
        doomed.awaitEnd();

        requireOver(dying.near());
        living.requireWorking();
        requireOver(stage.accept(listener));
        stage.acceptFrom(stage.far(), listener).requireWorking();
    }

    @ContractTest(value = Where.OTHER_JVM, fromBothSides = false)
    default void aDeadListenersPlaceCanBeTakenAtOnce(Stage stage) {
        ForkedFarEnd doomed = stage.ownFarEnd();
        Address fresh = stage.address();
        Address address = doomed.listen("doomed", fresh);
        Connection unaccepted = stage.connect(address);

        doomed.kill();

        requireOver(unaccepted);
        assertThrows(ConnectFailedException.class, () -> stage.transport().connect(address, Duration.ofMillis(50)));
        Listener next = stage.listen(fresh);
        stage.acceptFrom(stage.far(), next).requireWorking();
    }

    @Tag("long")
    @ContractTest(Where.OTHER_JVM)
    default void aKillAtAnyInstantLosesNothingCommitted(Stage stage) {
        for (int round = 0; round < 15; round++) {
            try (ForkedFarEnd far = stage.ownFarEnd()) {
                Pair pair = stage.pair(stage.address(), far);
                FarTask sending = pair.far().send(ENDLESS);
                Alongside<Tally> reading = Alongside.start("receive all", () -> drained(pair.near(), ENDLESS));
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000));

                far.kill();

                requireCommitted(stage, reading.await(), sending);
            }
        }
    }

    private static Tally drained(Connection near, Payload payload) {
        Tally tally = new Tally(payload, Order.ANY);
        By by = Traffic.drain(near, tally);
        assertFalse(by == By.THIS_SIDE, "ended by " + by);
        return tally;
    }

    private static void requireCommitted(Stage stage, Tally tally, FarTask sending) {
        sending.awaitFailure();
        tally.requireFirst(stage.capabilities().delivery() == Delivery.AT_MOST_ONCE ? 0 : sending.progress());
    }

    private static void requireEnd(Alongside<?> call) {
        ConnectionClosedException end = call.awaitFailure(ConnectionClosedException.class);
        assertFalse(end.by() == By.THIS_SIDE, "ended by " + end.by());
    }

    /** A call made later than one second after the death sees it; these may be sooner, and wait. */
    private static void requireOver(Connection near) {
        assertThrows(ConnectionClosedException.class, () -> near.receive(patience()));
        Message more = Message.of(new byte[1000]);
        assertThrows(
                ConnectionClosedException.class,
                () -> Eventually.eventually("a send to fail", () -> !near.offer(more.asByteBuffer(), Waits.FOREVER)));
        assertFalse(near.isOpen(), "isOpen after the end was reported");
        assertThrows(ConnectionClosedException.class, () -> near.offer(ByteBuffer.allocate(9), Duration.ZERO));
    }
}
