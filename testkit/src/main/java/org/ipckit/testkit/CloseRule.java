package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.function.Executable;

/** The end that this side makes, and how the other sees it. */
@Promise(Rule.CLOSE)
interface CloseRule {

    @ContractTest
    default void afterCloseEveryCallSaysThatThisSideHasClosed(Stage stage) {
        Connection near = stage.pair().near();
        Address address = near.address();

        near.close();

        assertFalse(near.isOpen());
        assertEquals(address, near.address());
        assertNotNull(near.capabilities());
        assertNotNull(near.peer());
        requireThisSide(() -> near.receive(Duration.ZERO));
        requireThisSide(() -> near.receive(patience()));
        requireThisSide(() -> near.poll(message -> {}, 1));
        requireThisSide(() -> near.poll(message -> {}, 1, patience()));
        requireThisSide(() -> near.offer(ByteBuffer.allocate(9), Duration.ZERO));
        requireThisSide(() -> near.offer(ByteBuffer.allocate(9), patience()));
        requireThisSide(() -> near.claim(9, patience()));
        requireThisSide(near::flush);
        near.close();
    }

    @ContractTest
    default void closeWakesReceive(Stage stage) {
        Connection near = stage.pair().near();
        Alongside<?> receiving = Alongside.startAndWait("receive", () -> near.receive(Waits.FOREVER));

        near.close();

        assertEquals(
                By.THIS_SIDE,
                receiving.awaitFailure(ConnectionClosedException.class).by());
    }

    @ContractTest(fromBothSides = false)
    default void closeWakesOffer(Stage stage) {
        requireWoken(stage, (near, filler, accepted) -> Traffic.push(near, filler, accepted));
    }

    @ContractTest(fromBothSides = false)
    default void closeWakesClaim(Stage stage) {
        requireWoken(stage, (near, filler, accepted) -> {
            while (accepted.get() < filler.count()) {
                near.claim(filler.mostBytes(), Waits.FOREVER).commit(filler.mostBytes());
            }
        });
    }

    @ContractTest(fromBothSides = false)
    default void closeWakesFlush(Stage stage) {
        requireWoken(stage, (near, filler, accepted) -> {
            Payload large = Payload.of(51, 1, filler.mostBytes());
            while (true) {
                near.offer(ByteBuffer.wrap(large.bytes(0)), Duration.ZERO);
                near.flush();
            }
        });
    }

    /** Sends to one who does not receive. */
    @FunctionalInterface
    interface Sending {
        void push(Connection near, Payload filler, AtomicInteger accepted);
    }

    private static void requireWoken(Stage stage, Sending sending) {
        if (!stage.waitsWhenFull()) {
            // Nobody waits there.
            return;
        }
        Connection near = stage.pair().near();
        Payload filler = stage.filler();
        AtomicInteger accepted = new AtomicInteger(Traffic.fill(near, filler));
        Alongside<?> waiting = Alongside.startAndWait("send to a full connection", () -> {
            sending.push(near, filler, accepted);
            return null;
        });

        near.close();

        assertEquals(
                By.THIS_SIDE,
                waiting.awaitFailure(ConnectionClosedException.class).by());
    }

    @ContractTest
    default void manyThreadsMayClose(Stage stage) {
        Connection near = stage.pair().near();
        List<Alongside<?>> closing = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            closing.add(Alongside.start("close", () -> {
                near.close();
                return null;
            }));
        }

        closing.forEach(Alongside::await);
        assertFalse(near.isOpen());
    }

    @ContractTest(fromBothSides = false)
    default void aHandlerMayClose(Stage stage) {
        Pair pair = stage.pair();
        pair.far().say("first");
        pair.far().say("second");

        Eventually.eventually(
                "a message", () -> pair.near().poll(message -> pair.near().close(), 1) == 1);

        assertFalse(pair.near().isOpen());
        requireThisSide(() -> pair.near().receive(patience()));
    }

    @ContractTest
    default void theEndIsReportedToAReceiverAndStays(Stage stage) {
        Pair pair = stage.pair();
        Alongside<?> receiving =
                Alongside.startAndWait("receive", () -> pair.near().receive(Waits.FOREVER));

        pair.far().close();

        assertEquals(
                By.PEER, receiving.awaitFailure(ConnectionClosedException.class).by());
        assertFalse(pair.near().isOpen(), "isOpen after the end was reported");
        requirePeer(() -> pair.near().receive(patience()));
        requirePeer(() -> pair.near().receive(Duration.ZERO));
        requirePeer(() -> pair.near().poll(message -> {}, 1));
        requirePeer(() -> pair.near().poll(message -> {}, 1, patience()));
    }

    @ContractTest
    default void theEndIsReportedToASender(Stage stage) {
        Pair pair = stage.pair();

        pair.far().close();

        Eventually.eventually("a send to fail", () -> {
            try {
                return !pair.near().offer(ByteBuffer.allocate(100), Duration.ofMillis(10))
                        && !pair.near().isOpen();
            } catch (ConnectionClosedException end) {
                assertFalse(end.by() == By.THIS_SIDE, "ended by " + end.by());
                return true;
            }
        });
        assertFalse(pair.near().isOpen(), "isOpen after the end was reported");
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void closingAListenerWakesAccept(Stage stage) {
        Listener listener = stage.listen(stage.address());
        Alongside<?> accepting = Alongside.startAndWait("accept", () -> listener.accept(Waits.FOREVER));

        listener.close();

        assertEquals(
                By.THIS_SIDE,
                accepting.awaitFailure(ConnectionClosedException.class).by());
        requireThisSide(() -> listener.accept(Duration.ZERO));
        requireThisSide(() -> listener.accept(patience()));
        listener.close();
    }

    @ContractTest(fromBothSides = false)
    default void acceptedConnectionsOutliveTheirListener(Stage stage) {
        Listener listener = stage.listen(stage.address());
        Pair pair = stage.acceptFrom(stage.far(), listener);

        listener.close();

        pair.requireWorking();
    }

    @ContractTest(fromBothSides = false)
    default void aConnectionThatNobodyAcceptedEndsWithItsListener(Stage stage) {
        Address address = stage.far().listen("unaccepting", stage.address());
        Connection near = stage.connect(address);

        stage.far().tell(Verb.CLOSE, "unaccepting");

        ConnectionClosedException end = assertThrows(ConnectionClosedException.class, () -> near.receive(patience()));
        assertFalse(end.by() == By.THIS_SIDE, "ended by " + end.by());
    }

    private static void requireThisSide(Executable call) {
        assertEquals(
                By.THIS_SIDE,
                assertThrows(ConnectionClosedException.class, call).by());
    }

    private static void requirePeer(Executable call) {
        assertEquals(
                By.PEER, assertThrows(ConnectionClosedException.class, call).by());
    }
}
