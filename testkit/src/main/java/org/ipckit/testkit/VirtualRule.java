package org.ipckit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Waits;

/** Whoever waits does not hold others up, on a JDK that has them least of all in virtual threads. */
@Promise(Rule.VIRTUAL)
interface VirtualRule {

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void threadsThatWaitToReceiveStarveNobody(Stage stage) throws Exception {
        List<Runnable> waits = new ArrayList<>();
        for (int i = 0; i <= LightThreads.carriers(); i++) {
            Pair pair = stage.pair();
            waits.add(() -> untilClosed(() -> pair.near().receive(Waits.FOREVER)));
        }
        requireNobodyStarves(stage, waits);
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void threadsThatWaitForRoomStarveNobody(Stage stage) throws Exception {
        if (!stage.waitsWhenFull()) {
            return;
        }
        Payload filler = stage.filler();
        List<Runnable> waits = new ArrayList<>();
        for (int i = 0; i <= LightThreads.carriers(); i++) {
            Connection near = stage.pair().near();
            AtomicInteger accepted = new AtomicInteger(Traffic.fill(near, filler));
            waits.add(() -> untilClosed(() -> Traffic.push(near, filler, accepted)));
        }
        requireNobodyStarves(stage, waits);
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void threadsThatWaitForNewcomersStarveNobody(Stage stage) throws Exception {
        List<Runnable> waits = new ArrayList<>();
        for (int i = 0; i <= LightThreads.carriers(); i++) {
            Listener listener = stage.listen(stage.address());
            waits.add(() -> untilClosed(() -> listener.accept(Waits.FOREVER)));
        }
        requireNobodyStarves(stage, waits);
    }

    private static void requireNobodyStarves(Stage stage, List<Runnable> waits) throws Exception {
        Pair pair = stage.pair();
        pair.far().echo();
        List<Thread> waiting = new ArrayList<>();
        for (Runnable wait : waits) {
            waiting.add(LightThreads.start(wait));
        }
        CompletableFuture<Message> answer = new CompletableFuture<>();
        Thread other = LightThreads.start(() -> {
            try {
                pair.near().send(Message.utf8("anybody?"));
                answer.complete(Traffic.next(pair.near()));
            } catch (Throwable failed) {
                answer.completeExceptionally(failed);
            }
        });

        assertEquals(Message.utf8("anybody?"), answer.get(Eventually.patience().toMillis(), TimeUnit.MILLISECONDS));

        other.join();
        stage.closeAll();
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    private static void untilClosed(Runnable wait) {
        try {
            wait.run();
        } catch (ConnectionClosedException end) {
            return;
        }
    }
}
