package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Address;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.Capabilities.Reach;
import org.ipckit.transport.Capabilities.Retention;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;

/** What an address says of itself. A capability never skips a test, it chooses which of two promises is tested. */
@Promise(Rule.CAPABILITIES)
interface CapabilitiesRule {

    @ContractTest(value = Where.THIS_JVM)
    default void aConnectionPromisesWhatItsAddressDoes(Stage stage) {
        Address address = stage.address();
        Connection near = stage.pair(address).near();

        assertEquals(stage.transport().capabilities(near.address()), near.capabilities());
        assertTrue(near.capabilities().inPlaceSize() <= near.capabilities().maxMessageSize());
        assertTrue(stage.transport().availability().available());
        assertFalse(stage.transport().traits().mechanism().isBlank());
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void theOptionMaxMessageIsTheMaximum(Stage stage) {
        Address address = stage.address();
        if (stage.has(address, "max-message", "5000")) {
            Capabilities small = stage.transport().capabilities(address.withOption("max-message", "5000"));
            assertEquals(5000, small.maxMessageSize());
        } else {
            assertTrue(stage.capabilities().maxMessageSize() <= Capabilities.DEFAULT_MAX_MESSAGE);
        }
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void anOptionThatIsNotKnownIsRefusedWithThoseThatAre(Stage stage) {
        Address address = stage.address().withOption("no-such-option", "1");

        for (InvalidAddressException refused : List.of(
                assertThrows(
                        InvalidAddressException.class, () -> stage.transport().capabilities(address)),
                assertThrows(
                        InvalidAddressException.class, () -> stage.transport().listen(address)),
                assertThrows(
                        InvalidAddressException.class, () -> stage.transport().connect(address, patience())))) {
            assertTrue(refused.getMessage().contains("no-such-option"), refused.getMessage());
            if (stage.has(stage.address(), "wait", "spin")) {
                assertTrue(refused.getMessage().contains("wait"), refused.getMessage());
            }
        }
    }

    @ContractTest(fromBothSides = false)
    default void everyWayToWaitWorks(Stage stage) {
        for (String wait : List.of("block", "backoff", "spin")) {
            stage.pair(stage.addressWith("wait", wait)).requireWorking();
        }
    }

    @ContractTest(fromBothSides = false)
    default void aSenderMeetsWhatIsSaidWhenTheReceiverDoesNotKeepUp(Stage stage) {
        Pair pair = stage.pair();
        Payload filler = stage.filler();
        switch (stage.capabilities().whenFull()) {
            case WAITS -> {
                int accepted = Traffic.fill(pair.near(), filler);
                assertTrue(
                        accepted > 0 && accepted < filler.count(),
                        accepted + " messages of " + filler.mostBytes()
                                + " bytes were accepted, and nobody has received one");
                FarTask receiving = pair.far().receive(filler.first(accepted), Order.ANY);
                pair.near().flush();
                receiving.await();
            }
            case GROWS -> {
                Payload some = filler.first(500);
                assertEquals(some.count(), Traffic.fill(pair.near(), some), "messages accepted");
                FarTask receiving = pair.far().receive(some, Order.ANY);
                pair.near().flush();
                receiving.await();
            }
            case DROPS -> {
                Payload some = filler.first(500);
                assertEquals(some.count(), Traffic.fill(pair.near(), some), "messages accepted");
                FarTask draining = pair.far().drain(some, Order.AS_SENT);
                pair.near().close();
                draining.await();
            }
        }
    }

    @ContractTest(fromBothSides = false)
    default void aListenerServesAsManyAsItSaysAtATime(Stage stage) {
        int most = stage.capabilities().maxConnections();
        Listener listener = stage.listen(stage.address());
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(most, 25); i++) {
            pairs.add(stage.acceptFrom(stage.far(), listener));
        }

        pairs.forEach(Pair::requireWorking);

        if (pairs.size() == most) {
            assertThrows(ConnectFailedException.class, () -> stage.transport()
                    .connect(listener.address(), Duration.ofMillis(50)));
        }
    }

    @ContractTest(fromBothSides = false)
    default void messagesOutliveTheirConnectionOnlyIfThatIsSaid(Stage stage) {
        Address address = stage.address();
        Pair first = stage.pair(address);
        first.far().send(Payload.of(151, 5, 20)).await();
        first.near().close();
        stage.far().reset();
        stage.closeAll();

        Pair second = stage.pair(address);

        if (stage.capabilities().retention() == Retention.NONE) {
            assertTrue(second.near().receive(TimeoutRule.SHORT).isEmpty(), "a message of the connection before");
            second.requireWorking();
        } else {
            Traffic.receive(second.near(), Payload.of(151, 5, 20), Order.ANY);
        }
        assertNotEquals(Delivery.AT_LEAST_ONCE, stage.capabilities().delivery(), "that is for broadcast transports");
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void whoeverIsOutOfReachIsToldSo(Stage stage) {
        if (stage.capabilities().reach() != Reach.PROCESS) {
            // Everybody on the machine is in reach: the other placements show it.
            return;
        }
        Listener listener = stage.listen(stage.address());
        ForkedFarEnd other = stage.keep(
                new ForkedFarEnd(Placement.OTHER_JVM.java(), stage.contract().getClass()));

        String failure = other.start(
                        Verb.CONNECT, "outsider", listener.address().toUri(), 100)
                .awaitFailure();

        assertTrue(failure.contains(ConnectFailedException.class.getSimpleName()), failure);
        assertTrue(failure.contains("process"), failure);
        assertFalse(listener.accept(Duration.ZERO).isPresent());
    }
}
