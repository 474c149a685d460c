package org.ipckit.signals;

import static org.ipckit.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A JVM has few ends of connections: each is free again when both sides are through with it. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalEndsTest extends SignalFixture {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int KILLS = 5;

    @Test
    void whenNoEndIsLeftConnectWaitsForOne() throws Exception {
        Receiver receiver = Receiver.ofThisJvm();
        eventually("the ends of the tests before", () -> receiver.openEnds() == 0);
        Listener listener = listen();
        List<Connection> pairs = new ArrayList<>();
        for (int pair = 0; pair < ValueFormat.MOST_ENDS / 2; pair++) {
            pairs.add(open(transport.connect(address(), SOON)));
            pairs.add(open(listener.accept(SOON).orElseThrow()));
        }

        ConnectFailedException refused =
                assertThrows(ConnectFailedException.class, () -> transport.connect(address(), SHORT));
        assertTrue(refused.getMessage().contains("127"), refused.getMessage());

        pairs.get(0).close();
        pairs.get(1).close();
        Connection next = open(transport.connect(address(), SOON));
        next.send(Message.utf8("room"));
        assertEquals(
                Message.utf8("room"),
                open(listener.accept(SOON).orElseThrow()).receive(SOON).orElseThrow());
    }

    @Test
    void theEndsAreFreeWhenBothSidesHaveClosedOrThePeerIsDead() throws Exception {
        Receiver receiver = Receiver.ofThisJvm();
        eventually("the ends of the tests before", () -> receiver.openEnds() == 0);
        Listener listener = listen();
        Connection closed = accept(listener, Jvm.start(Echo.class, address()));
        Jvm killed = Jvm.start(Echo.class, address());
        Connection lost = accept(listener, killed);
        Connection unaccepted = open(transport.connect(address(), SOON));
        assertEquals(4, receiver.openEnds());

        closed.close();
        eventually("the closed one", () -> receiver.openEnds() == 3);
        killed.kill();
        assertThrows(ConnectionClosedException.class, () -> lost.receive(SOON));
        lost.close();
        eventually("the lost one", () -> receiver.openEnds() == 2);
        listener.close();
        assertThrows(ConnectionClosedException.class, () -> unaccepted.receive(SOON));
        unaccepted.close();
        eventually("the one that nobody accepted", () -> receiver.openEnds() == 0);
    }

    @Test
    void aPeerKilledInTheMiddleOfAMessageLeavesOnlyWholeOnes() throws Exception {
        Listener listener = listen();
        for (int kill = 0; kill < KILLS; kill++) {
            Jvm far = Jvm.start(Talker.class, address());
            Connection near = accept(listener, far);
            for (int before = 0; before <= kill; before++) {
                requireOneByte(near.receive(SOON).orElseThrow());
            }

            far.kill();

            ConnectionClosedException end = assertThrows(ConnectionClosedException.class, () -> receiveForEver(near));
            assertEquals(ConnectionClosedException.By.LOSS, end.by());
        }
    }

    private static void receiveForEver(Connection near) {
        while (true) {
            requireOneByte(near.receive(SOON).orElseThrow());
        }
    }

    /** Each message is one byte again and again, and the next one is another. */
    private static void requireOneByte(Message message) {
        byte[] expected = new byte[Talker.SIZE];
        java.util.Arrays.fill(expected, message.asByteBuffer().get(0));
        assertEquals(Message.of(expected), message);
    }

    /** Sends large messages until it is killed. */
    static final class Talker {

        private static final int SIZE = 60_000;

        private Talker() {}

        public static void main(String[] args) {
            try (Connection connection = new SignalTransport().connect(Address.parse(args[0]), SOON)) {
                System.out.println("ready");
                byte[] bytes = new byte[SIZE];
                for (int number = 0; number < Integer.MAX_VALUE; number++) {
                    java.util.Arrays.fill(bytes, (byte) number);
                    connection.send(ByteBuffer.wrap(bytes));
                }
            }
        }
    }
}
