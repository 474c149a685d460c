package org.ipckit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Tag;

/** The far end's process is stopped for a while, as by a debugger. */
@Promise(Rule.PAUSE)
interface PauseRule {

    @ContractTest(value = Where.OTHER_JVM, fromBothSides = false)
    default void aPeerThatWasStoppedForTwoSecondsGoesOn(Stage stage) {
        requireSurvived(stage, Duration.ofSeconds(2));
    }

    @Tag("long")
    @ContractTest(Where.OTHER_JVM)
    default void aPeerThatWasStoppedForTenSecondsGoesOn(Stage stage) {
        requireSurvived(stage, Duration.ofSeconds(10));
    }

    private static void requireSurvived(Stage stage, Duration time) {
        ForkedFarEnd far = stage.ownFarEnd();
        Pair idle = stage.pair(stage.address(), far);
        Pair busy = stage.pair(stage.address(), far);
        Payload there = stage.many(91, 3000, 8, 4000);
        Payload back = stage.many(92, 3000, 8, 4000);
        FarTask receiving = busy.far().receive(there, Order.ANY);
        FarTask sending = busy.far().send(back);
        Alongside<Message> waiting = Alongside.start(
                "receive of an idle connection", () -> idle.near().receive());
        Alongside<?> nearSending = Alongside.start("send", () -> {
            sendSlowly(busy.near(), there, time);
            return null;
        });
        receiving.awaitProgress(1);

        far.pause();
        long start = System.nanoTime();
        Alongside<?> nearReceiving = Alongside.start("receive", () -> {
            Traffic.receive(busy.near(), back, Order.ANY);
            return null;
        });
        while (System.nanoTime() - start < time.toNanos()) {
            LockSupport.parkNanos(20_000_000);
            assertFalse(waiting.isDone(), "receive from a stopped peer has ended");
        }
        assertTrue(idle.near().isOpen() && busy.near().isOpen(), "a stopped peer is not dead");
        far.resume();

        nearSending.await();
        nearReceiving.await();
        receiving.await();
        sending.await();
        idle.far().say("here");
        assertEquals(Message.utf8("here"), waiting.await());
        idle.requireWorking();
    }

    /** Sends before, throughout and after the time of the stop, until there is no room. */
    private static void sendSlowly(Connection near, Payload payload, Duration time) {
        long pause = time.toNanos() / payload.count();
        Traffic.send(near, payload, sent -> LockSupport.parkNanos(pause));
    }
}
