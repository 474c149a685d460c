package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Connection;
import org.ipckit.transport.MessageTooLargeException;

/** The largest message. */
@Promise(Rule.SIZE)
interface SizeRule {

    /** Small enough to be sent often, and no power of two. */
    int SMALL_MAXIMUM = 70_001;

    @ContractTest
    default void exactlyTheMaximumGoesThrough(Stage stage) {
        Pair pair = stage.pair(stage.addressWith("max-message", String.valueOf(SMALL_MAXIMUM)));
        Payload largest = Payload.of(31, 3, pair.near().capabilities().maxMessageSize());

        FarTask receiving = pair.far().receive(largest, Order.ANY);
        Traffic.send(pair.near(), largest);
        receiving.await();

        FarTask sending = pair.far().send(largest);
        Traffic.receive(pair.near(), largest, Order.ANY);
        sending.await();
    }

    @ContractTest(fromBothSides = false)
    default void exactlyTheMaximumGoesThroughWithoutAnOption(Stage stage) {
        Pair pair = stage.pair();
        Payload largest = Payload.of(32, 1, pair.near().capabilities().maxMessageSize());

        FarTask receiving = pair.far().receive(largest, Order.ANY);
        Traffic.send(pair.near(), largest);
        receiving.await();

        FarTask sending = pair.far().sendByClaim(largest);
        Traffic.poll(pair.near(), new Tally(largest, Order.ANY));
        sending.await();
    }

    @ContractTest
    default void oneByteMoreIsRefusedAndNothingOfItSent(Stage stage) {
        Pair pair = stage.pair(stage.addressWith("max-message", String.valueOf(SMALL_MAXIMUM)));
        Connection near = pair.near();
        int tooMuch = near.capabilities().maxMessageSize() + 1;
        ByteBuffer message = ByteBuffer.allocate(tooMuch);

        assertThrows(MessageTooLargeException.class, () -> near.offer(message, Duration.ZERO));
        assertThrows(MessageTooLargeException.class, () -> near.offer(message, patience()));
        assertThrows(MessageTooLargeException.class, () -> near.claim(tooMuch, patience()));
        assertTrue(near.isOpen());

        pair.requireWorking();
    }
}
