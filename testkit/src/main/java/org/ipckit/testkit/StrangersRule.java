package org.ipckit.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MessageTooLargeException;

/** Whoever does not keep to the protocol harms nobody else. */
@Promise(Rule.STRANGERS)
interface StrangersRule {

    @ContractTest(fromBothSides = false)
    default void aPeerWithAnotherLimitEndsItsOwnConnectionOnly(Stage stage) {
        Address address = stage.address();
        if (!stage.has(address, "max-message", "1000")) {
            return;
        }
        Listener listener = stage.listen(address.withOption("max-message", "1000"));
        Pair before = stage.acceptFrom(stage.far(), listener);
        Pair stranger =
                stage.acceptFrom(stage.far(), listener, listener.address().withOption("max-message", "9000"));

        FarTask sending = stranger.far().send(Payload.of(101, 1, 5000));

        if (isRefusedThere(sending)) {
            stranger.requireWorking();
        } else {
            CorruptMessageException first = assertThrows(
                    CorruptMessageException.class, () -> stranger.near().receive(patience()));
            assertTrue(first.getMessage().contains("1000"), first.getMessage());
            assertFalse(stranger.near().isOpen());
            assertThrows(CorruptMessageException.class, () -> stranger.near().receive(patience()));
            assertThrows(CorruptMessageException.class, () -> stranger.near().poll(message -> {}, 1));
        }
        before.requireWorking();
        stage.acceptFrom(stage.far(), listener).requireWorking();
    }

    /** A mechanism that tells its peers the limit when they connect lets them refuse the message themselves. */
    private static boolean isRefusedThere(FarTask sending) {
        Eventually.eventually("the far end to send or refuse", sending::isDone);
        return sending.progress() == 0
                && sending.awaitFailure().contains(MessageTooLargeException.class.getSimpleName());
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void bytesThatAreNotOursEndTheirConnectionOnly(Stage stage) throws IOException {
        Listener listener = stage.listen(stage.address());
        Pair before = stage.acceptFrom(stage.far(), listener);

        for (ByteBuffer words : new ByteBuffer[] {
            US_ASCII.encode("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
            ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3}),
            ByteBuffer.wrap(new byte[] {0x7f, -1, -1, -1, 0, 0, 0, 0, 0})
        }) {
            Optional<WritableByteChannel> door = stage.contract().strangersDoor(listener.address());
            if (door.isEmpty()) {
                break;
            }
            try (WritableByteChannel stranger = stage.keep(door.get())) {
                stranger.write(words);
                Connection near = stage.accept(listener);
                assertThrows(CorruptMessageException.class, () -> near.receive(patience()));
                assertFalse(near.isOpen());
            }
        }

        before.requireWorking();
        stage.acceptFrom(stage.far(), listener).requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void whoComesAndSaysNothingHoldsNobodyUp(Stage stage) throws IOException {
        Listener listener = stage.listen(stage.address());
        Optional<WritableByteChannel> door = stage.contract().strangersDoor(listener.address());
        if (door.isPresent()) {
            stage.keep(door.get());
            Connection silent = stage.accept(listener);
            assertTrue(silent.receive(TimeoutRule.SHORT).isEmpty());

            door.get().close();

            assertThrows(ConnectionClosedException.class, () -> silent.receive(patience()));
        }
        stage.acceptFrom(stage.far(), listener).requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void anEndInTheMiddleOfAMessageIsALoss(Stage stage) throws IOException {
        Listener listener = stage.listen(stage.address());
        Optional<WritableByteChannel> door = stage.contract().strangersDoor(listener.address());
        if (door.isPresent()) {
            // The beginning of what may be a message: half a length, or less than it announces.
            door.get().write(ByteBuffer.wrap(new byte[] {0, 0}));
            door.get().close();
            Connection near = stage.accept(listener);

            ConnectionClosedException end =
                    assertThrows(ConnectionClosedException.class, () -> near.receive(patience()));

            assertTrue(end.by() == ConnectionClosedException.By.LOSS, "ended by " + end.by());
        }
        stage.acceptFrom(stage.far(), listener).requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void manyConnectionsThatNobodyWantedDoNotHarmOneThatIsWanted(Stage stage) {
        Address address = stage.far().listen("patient", stage.address());
        int most = Math.min(16, stage.capabilities().maxConnections() - 1);
        for (int i = 0; i < most; i++) {
            Connection gone = stage.connect(address);
            gone.close();
            stage.far().tell(Verb.ACCEPT, "patient", "gone" + i);
            stage.far().tell(Verb.CLOSE, "gone" + i);
        }

        Pair pair = stage.connectTo(stage.far(), "patient", address);

        FarTask receiving = pair.far().receive(LastWordsRule.WORDS, Order.ANY);
        Traffic.send(pair.near(), LastWordsRule.WORDS);
        receiving.await();
    }
}
