package org.ipckit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Waits;

/** An interrupt ends a wait and nothing else. */
@Promise(Rule.INTERRUPT)
interface InterruptRule {

    @ContractTest
    default void anInterruptEndsReceiveAndPoll(Stage stage) {
        Pair pair = stage.pair();

        requireInterrupted("receive", () -> pair.near().receive(Waits.FOREVER));
        requireInterrupted("receive", () -> pair.near().receive(patience()));
        requireInterrupted("poll", () -> pair.near().poll(message -> {}, 1, patience()));

        pair.requireWorking();
    }

    @ContractTest
    default void anInterruptEndsOfferAndNothingWasSent(Stage stage) {
        if (!stage.waitsWhenFull()) {
            return;
        }
        Pair pair = stage.pair();
        Payload filler = stage.filler();
        AtomicInteger accepted = new AtomicInteger(Traffic.fill(pair.near(), filler));

        requireInterrupted("offer", () -> {
            Traffic.push(pair.near(), filler, accepted);
            return null;
        });

        FarTask receiving = pair.far().receive(filler.first(accepted.get()), Order.ANY);
        pair.near().flush();
        receiving.await();
        pair.requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void anInterruptEndsAcceptAndTheListenerLivesOn(Stage stage) {
        Listener listener = stage.listen(stage.address());

        requireInterrupted("accept", () -> listener.accept(Waits.FOREVER));

        stage.acceptFrom(stage.far(), listener).requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void anInterruptEndsConnect(Stage stage) {
        Address address = stage.address();

        requireInterrupted("connect", () -> stage.transport().connect(address, Waits.FOREVER));

        stage.pair(address).requireWorking();
    }

    @ContractTest
    default void aFlagThatIsSetBeforeEndsTheCallAtOnce(Stage stage) {
        Pair pair = stage.pair();
        Connection near = pair.near();

        requireRefusedWithFlag(() -> near.receive(patience()));
        requireRefusedWithFlag(() -> near.receive(Waits.FOREVER));
        requireRefusedWithFlag(() -> near.poll(message -> {}, 1, patience()));
        requireRefusedWithFlag(() -> near.offer(ByteBuffer.allocate(9), patience()));
        requireRefusedWithFlag(() -> near.claim(9, patience()));

        pair.requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void aFlagThatIsSetBeforeEndsConnectAndAcceptAtOnce(Stage stage) {
        Listener listener = stage.listen(stage.address());

        requireRefusedWithFlag(() -> listener.accept(patience()));
        requireRefusedWithFlag(() -> stage.transport().connect(stage.address(), patience()));

        stage.acceptFrom(stage.far(), listener).requireWorking();
    }

    @ContractTest
    default void callsThatDoNotWaitDoNotMindTheFlag(Stage stage) {
        Pair pair = stage.pair();

        Thread.currentThread().interrupt();
        Optional<?> nothing = pair.near().receive(Duration.ZERO);
        int polled = pair.near().poll(message -> {}, 1);
        boolean accepted = pair.near().offer(UTF_8.encode("words"), Duration.ZERO);
        assertTrue(Thread.interrupted(), "the flag is still set");

        assertEquals(Optional.empty(), nothing);
        assertEquals(0, polled);
        assertTrue(accepted);
        assertEquals("words", pair.far().hear());
        pair.requireWorking();
    }

    @ContractTest
    default void closingWithTheFlagSetLosesNothing(Stage stage) {
        Pair pair = stage.pair();
        pair.near().send(UTF_8.encode("words"));

        Thread.currentThread().interrupt();
        pair.near().close();
        assertTrue(Thread.interrupted(), "the flag is still set");

        assertFalse(pair.near().isOpen());
        assertEquals("words", pair.far().hear());
    }

    private static void requireInterrupted(String what, Callable<?> call) {
        Alongside<Boolean> waiting = Alongside.startAndWait(what, () -> {
            assertThrows(InterruptedWaitException.class, call::call);
            return Thread.currentThread().isInterrupted();
        });
        assertFalse(waiting.isDone(), what + " does not wait");

        waiting.thread().interrupt();

        assertTrue(waiting.await(), "the flag is set when " + what + " has ended");
    }

    private static void requireRefusedWithFlag(Callable<?> call) {
        Thread.currentThread().interrupt();
        try {
            assertThrows(InterruptedWaitException.class, call::call);
        } finally {
            assertTrue(Thread.interrupted(), "the flag is still set");
        }
    }
}
