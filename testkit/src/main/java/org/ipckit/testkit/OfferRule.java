package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Message;

/** What a buffer has between position and limit is the message, whatever buffer it is. */
@Promise(Rule.OFFER)
interface OfferRule {

    @ContractTest
    default void anyKindOfBufferIsSentAndNotConsumed(Stage stage) {
        Pair pair = stage.pair();
        pair.far().echo();
        for (int size : new int[] {1, 100, stage.atMost(50_000), stage.atMost(300_000)}) {
            for (ByteBuffer buffer : kinds(Payload.of(121, 1, size).bytes(0))) {
                int position = buffer.position();
                int limit = buffer.limit();
                ByteOrder order = buffer.order();
                Message expected = Message.copyOf(buffer);

                assertTrue(pair.near().offer(buffer, patience()));

                assertEquals(position, buffer.position(), "position of " + buffer);
                assertEquals(limit, buffer.limit(), "limit of " + buffer);
                assertEquals(order, buffer.order(), "order of " + buffer);
                assertEquals(expected, Traffic.next(pair.near()), "message of " + buffer);
            }
        }
    }

    private static List<ByteBuffer> kinds(byte[] bytes) {
        List<ByteBuffer> kinds = new ArrayList<>();
        kinds.add(ByteBuffer.wrap(bytes));
        kinds.add(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        kinds.add(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        kinds.add(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        kinds.add(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer());
        // In the middle of a larger one, by position and limit and as a slice.
        ByteBuffer heap = ByteBuffer.allocate(bytes.length + 20).position(7).put(bytes);
        kinds.add(heap.duplicate().flip().position(7));
        kinds.add(heap.slice(7, bytes.length));
        ByteBuffer direct =
                ByteBuffer.allocateDirect(bytes.length + 20).position(9).put(bytes);
        kinds.add(direct.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip().position(9));
        kinds.add(direct.slice(9, bytes.length).asReadOnlyBuffer());
        return kinds;
    }

    @ContractTest
    default void whatAShortOfferBeganIsMovedOnByFlush(Stage stage) {
        Pair pair = stage.pair();
        Payload large = Payload.of(122, 1, stage.atMost(9 << 20));
        assertTrue(pair.near().offer(ByteBuffer.wrap(large.bytes(0)), Duration.ZERO));

        FarTask receiving = pair.far().receive(large, Order.ANY);
        pair.near().flush();

        receiving.await();
        pair.requireWorking();
    }

    @ContractTest(fromBothSides = false)
    default void whatAShortOfferBeganIsMovedOnByTheNextSend(Stage stage) {
        Pair pair = stage.pair();
        Payload large = Payload.of(123, 2, stage.atMost(4 << 20));
        assertTrue(pair.near().offer(ByteBuffer.wrap(large.bytes(0)), Duration.ZERO));

        FarTask receiving = pair.far().receive(large, Order.ANY);
        pair.near().send(ByteBuffer.wrap(large.bytes(1)));

        receiving.await();
    }
}
