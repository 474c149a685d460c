package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;

/** How two sides meet. */
@Promise(Rule.CONNECT)
interface ConnectRule {

    @ContractTest(fromBothSides = false)
    default void connectReturnsBeforeAcceptAndMaySendAtOnce(Stage stage) {
        Address address = stage.far().listen("slow", stage.address());

        Connection near = stage.connect(address);
        near.send(Message.utf8("early"));
        stage.far().tell(Verb.ACCEPT, "slow", "late");

        Pair pair = new Pair(near, new FarConnection(stage.far(), "late"));
        assertEquals("early", pair.far().hear());
        pair.requireWorking();
    }

    @ContractTest(fromBothSides = false)
    default void connectKeepsTryingUntilSomebodyListens(Stage stage) {
        Address address = stage.address();
        Alongside<Connection> connecting =
                Alongside.startAndWait("connect", () -> stage.transport().connect(address, patience()));

        stage.far().listen("late", address);
        FarTask accepted = stage.far().start(Verb.ACCEPT, "late", "accepted");

        Pair pair = new Pair(stage.keep(connecting.await()), new FarConnection(stage.far(), "accepted"));
        accepted.await();
        pair.requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void whoConnectsToNobodyIsTold(Stage stage) {
        Address address = stage.address();

        ConnectFailedException failed = assertThrows(
                ConnectFailedException.class, () -> stage.transport().connect(address, Duration.ofMillis(20)));

        assertTrue(failed.getMessage().contains(address.toString()), failed.getMessage());
    }

    @ContractTest(fromBothSides = false)
    default void whoConnectsToAListenerThatHasClosedIsTold(Stage stage) {
        Address address = stage.far().listen("closing", stage.address());
        stage.connectTo(stage.far(), "closing", address).requireWorking();

        stage.far().tell(Verb.CLOSE, "closing");

        assertThrows(ConnectFailedException.class, () -> stage.transport().connect(address, Duration.ofMillis(20)));
    }

    @ContractTest
    default void eachConnectionOfAListenerIsItsOwn(Stage stage) {
        int many = Math.min(20, stage.capabilities().maxConnections());
        Listener listener = stage.listen(stage.address());
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            pairs.add(stage.acceptFrom(stage.far(), listener));
        }

        for (int i = 0; i < many; i++) {
            pairs.get(i).near().send(Message.utf8("for " + i));
        }

        for (int i = many - 1; i >= 0; i--) {
            assertEquals("for " + i, pairs.get(i).far().hear());
        }
        pairs.get(0).near().close();
        pairs.get(many - 1).requireWorking();
    }

    @ContractTest(fromBothSides = false)
    default void bothEndsKnowTheAddress(Stage stage) {
        Address address = stage.address();
        Listener listener = stage.listen(address);
        Pair pair = stage.acceptFrom(stage.far(), listener);

        assertEquals(listener.address(), pair.near().address());
        assertEquals(address.scheme(), listener.address().scheme());
        assertEquals(stage.transport().scheme(), address.scheme());
    }

    @ContractTest
    default void aPeerThatTheKernelKnowsIsTheFarEnd(Stage stage) {
        Pair pair = stage.pair();

        pair.near()
                .peer()
                .flatMap(peer -> peer.pid().stream().boxed().findFirst())
                .ifPresent(pid -> assertEquals(stage.far().pid(), pid));

        pair.requireWorking();
    }

    @ContractTest(value = Where.THIS_JVM, fromBothSides = false)
    default void manyMayConnectAtOnce(Stage stage) {
        int many = Math.min(12, stage.capabilities().maxConnections());
        Listener listener = stage.listen(stage.address());
        List<Alongside<Connection>> connecting = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            connecting.add(Alongside.start("connect", () -> stage.connect(listener.address())));
        }

        for (int i = 0; i < many; i++) {
            stage.accept(listener).send(Message.utf8("welcome"));
        }

        for (Alongside<Connection> each : connecting) {
            assertEquals(Message.utf8("welcome"), Traffic.next(each.await()));
        }
    }
}
