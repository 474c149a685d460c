package org.ipckit.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Message;

/** Whose bytes are whose, and for how long. */
@Promise(Rule.LIFETIME)
interface LifetimeRule {

    @ContractTest
    default void aMessageKeepsItsBytesWhileOthersCome(Stage stage) {
        Pair pair = stage.pair();
        Payload payload = new Payload(11, 200, 8, stage.atMost(5000));
        FarTask sending = pair.far().send(payload);

        List<Message> kept = new ArrayList<>();
        for (int number = 0; number < payload.count(); number++) {
            kept.add(Traffic.next(pair.near()));
        }
        sending.await();

        for (Message message : kept) {
            byte[] sent = payload.bytes(Payload.numberOf(message.asByteBuffer()));
            assertArrayEquals(sent, message.toByteArray());
        }
    }

    @ContractTest
    default void anOfferedBufferIsTheCallersAgainOnReturn(Stage stage) {
        Pair pair = stage.pair();
        Payload payload = new Payload(12, 40, 8, stage.atMost(20_000));
        FarTask receiving = pair.far().receive(payload, Order.ANY);

        byte[] reused = new byte[payload.mostBytes()];
        for (int number = 0; number < payload.count(); number++) {
            byte[] bytes = payload.bytes(number);
            System.arraycopy(bytes, 0, reused, 0, bytes.length);
            pair.near().send(ByteBuffer.wrap(reused, 0, bytes.length));
            Arrays.fill(reused, (byte) 0);
        }

        receiving.await();
    }

    @ContractTest
    default void aBufferThatWasTakenOnlyInPartIsTheCallersAgainToo(Stage stage) {
        Pair pair = stage.pair();
        Payload payload = Payload.of(13, 1, stage.atMost(8 << 20));
        byte[] reused = payload.bytes(0);

        assertEquals(true, pair.near().offer(ByteBuffer.wrap(reused), Duration.ZERO));
        Arrays.fill(reused, (byte) 0);

        FarTask receiving = pair.far().receive(payload, Order.ANY);
        pair.near().flush();
        receiving.await();
    }

    @ContractTest
    default void aLentBufferThatWasKeptDoesNoHarm(Stage stage) {
        Pair pair = stage.pair();
        Payload payload = Payload.of(14, 20, 500);
        List<ByteBuffer> kept = new ArrayList<>();
        FarTask sending = pair.far().send(payload);

        Eventually.eventually("all messages", () -> {
            pair.near().poll(kept::add, payload.count());
            return kept.size() == payload.count();
        });
        sending.await();
        pair.near().close();

        for (ByteBuffer buffer : kept) {
            // What it reads is not said; that it can be read is.
            ByteBuffer all = buffer.duplicate().clear();
            all.get(new byte[all.remaining()]);
        }
    }
}
