package org.ipckit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Message;

/** No bytes are a message too. */
@Promise(Rule.EMPTY)
interface EmptyRule {

    Payload EMPTIES = Payload.of(21, 10, 0);

    @ContractTest
    default void emptyMessagesAreSent(Stage stage) {
        Pair pair = stage.pair();
        FarTask receiving = pair.far().receive(EMPTIES, Order.AS_SENT);

        Traffic.send(pair.near(), EMPTIES);

        receiving.await();
    }

    @ContractTest
    default void emptyMessagesAreReceived(Stage stage) {
        Pair pair = stage.pair();
        FarTask sending = pair.far().send(EMPTIES);

        Traffic.receive(pair.near(), EMPTIES, Order.AS_SENT);

        sending.await();
    }

    @ContractTest
    default void emptyMessagesArePolled(Stage stage) {
        Pair pair = stage.pair();
        FarTask sending = pair.far().send(EMPTIES);

        Traffic.poll(pair.near(), new Tally(EMPTIES, Order.AS_SENT));

        sending.await();
    }

    @ContractTest
    default void aClaimOfNothingIsAMessage(Stage stage) {
        Pair pair = stage.pair();

        try (Claim claim = pair.near().claim(0, Eventually.patience())) {
            assertEquals(0, claim.buffer().remaining());
            claim.commit(0);
        }

        assertEquals("", pair.far().hear());
    }

    @ContractTest
    default void anEmptyMessageKeepsItsPlaceAmongOthers(Stage stage) {
        Pair pair = stage.pair();
        FarTask echo = pair.far().echo();
        List<Message> sent = new ArrayList<>();

        for (String text : List.of("first", "", "", "fourth", "")) {
            sent.add(Message.utf8(text));
            pair.near().send(ByteBuffer.wrap(Message.utf8(text).toByteArray()));
        }

        for (Message message : sent) {
            assertEquals(message, Traffic.next(pair.near()));
        }
        assertEquals(false, echo.isDone());
    }
}
