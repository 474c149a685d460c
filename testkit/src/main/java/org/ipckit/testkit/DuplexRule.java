package org.ipckit.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.Connections;
import org.ipckit.transport.Message;

/** Threads at one connection. */
@Promise(Rule.DUPLEX)
interface DuplexRule {

    @ContractTest
    default void oneThreadSendsWhileAnotherWaits(Stage stage) {
        Pair pair = stage.pair();
        Alongside<Message> receiving =
                Alongside.startAndWait("receive", () -> pair.near().receive());

        assertTrue(pair.near().offer(UTF_8.encode("question"), Eventually.patience()));

        assertEquals("question", pair.far().hear());
        assertFalse(receiving.isDone());
        pair.far().say("answer");
        assertEquals(Message.utf8("answer"), receiving.await());
    }

    @ContractTest
    default void aThirdThreadClosesUnderBoth(Stage stage) {
        for (int round = 0; round < 3; round++) {
            Pair pair = stage.pair();
            Payload endless = new Payload(141, 1_000_000, 8, 300);
            pair.far().echo();
            Alongside<?> sending = Alongside.start("send", () -> {
                Traffic.send(pair.near(), endless);
                return null;
            });
            Tally tally = new Tally(endless, Order.ANY);
            Alongside<By> receiving = Alongside.start("receive", () -> Traffic.drain(pair.near(), tally));
            Eventually.eventually("some messages", () -> pair.near().isOpen());

            pair.near().close();

            assertEquals(
                    By.THIS_SIDE,
                    sending.awaitFailure(ConnectionClosedException.class).by());
            assertEquals(By.THIS_SIDE, receiving.await());
        }
    }

    @ContractTest
    default void aSharedConnectionTakesManyThreads(Stage stage) {
        Pair pair = stage.pair();
        Connection shared = stage.keep(Connections.shared(pair.near()));
        int threads = 4;
        Payload there = new Payload(142, 200, 8, 500);
        Payload back = new Payload(143, 200, 8, 500);
        FarTask receiving = pair.far().receive(there, Order.ANY);
        FarTask sending = pair.far().send(back);
        Tally tally = new Tally(back, Order.ANY);
        List<Alongside<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = i;
            all.add(Alongside.start("send", () -> {
                for (int number = first; number < there.count(); number += threads) {
                    shared.send(ByteBuffer.wrap(there.bytes(number)));
                }
                return null;
            }));
            all.add(Alongside.start("receive", () -> {
                for (int count = 0; count < back.count() / threads; count++) {
                    Message message = Traffic.next(shared);
                    synchronized (tally) {
                        tally.add(message.asByteBuffer());
                    }
                }
                return null;
            }));
        }

        all.forEach(Alongside::await);
        receiving.await();
        sending.await();
        assertTrue(tally.isComplete());
    }
}
