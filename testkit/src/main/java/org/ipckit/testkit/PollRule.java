package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;
import org.ipckit.transport.Waits;

/** Messages are handed over where they lie. */
@Promise(Rule.POLL)
interface PollRule {

    @ContractTest
    default void pollHandsOverNothingWhenNothingHasCome(Stage stage) {
        Pair pair = stage.pair();

        assertEquals(
                0,
                pair.near()
                        .poll(
                                message -> {
                                    throw new AssertionError("handed over " + message);
                                },
                                10));

        pair.requireWorking();
    }

    @ContractTest
    default void pollHandsOverAtMostItsLimit(Stage stage) {
        Pair pair = stage.pair();
        Payload payload = Payload.of(131, 30, 40);
        pair.far().send(payload).await();
        int[] handed = {0};

        Eventually.eventually(() -> "30 messages, are " + handed[0], () -> {
            int before = handed[0];
            int count = pair.near().poll(message -> handed[0]++, 4);
            assertTrue(count <= 4, "poll of at most 4 says " + count);
            assertEquals(count, handed[0] - before, "messages handed over and told");
            return handed[0] == payload.count();
        });

        assertThrows(IllegalArgumentException.class, () -> pair.near().poll(message -> {}, 0));
    }

    @ContractTest
    default void pollWithATimeWaitsForTheFirstMessageAndHandsItOver(Stage stage) {
        Pair pair = stage.pair();
        List<String> heard = new ArrayList<>();
        Alongside<Integer> polling = Alongside.startAndWait("poll", () -> pair.near()
                .poll(message -> heard.add(Message.copyOf(message).toUtf8()), 1, Waits.FOREVER));
        assertFalse(polling.isDone(), "poll does not wait");

        pair.far().say("at last");

        assertEquals(1, polling.await());
        assertEquals(List.of("at last"), heard);
        assertThrows(IllegalArgumentException.class, () -> pair.near().poll(message -> {}, 0, patience()));
        pair.requireWorking();
    }

    @ContractTest
    default void aLentBufferIsReadOnlyAndBigEndianFromZeroToItsSize(Stage stage) {
        Pair pair = stage.pair();
        for (int size : new int[] {1, 40, stage.atMost(5000), stage.atMost(100_000), 3, 64}) {
            Payload payload = Payload.of(132, 1, size);
            FarTask sending = pair.far().send(payload);

            Eventually.eventually(
                    "a message of " + size + " bytes",
                    () -> pair.near().poll(message -> requireLent(payload.bytes(0), message), 1) == 1);

            sending.await();
        }
    }

    private static void requireLent(byte[] sent, ByteBuffer message) {
        assertTrue(message.isReadOnly(), "read-only");
        assertEquals(ByteOrder.BIG_ENDIAN, message.order());
        assertEquals(0, message.position(), "position");
        assertEquals(sent.length, message.limit(), "limit");
        assertEquals(ByteBuffer.wrap(sent), message);
        // What a handler does to its buffer must not be seen by the next.
        message.position(sent.length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ContractTest
    default void aHandlerThatThrowsHasConsumedItsMessage(Stage stage) {
        Pair pair = stage.pair();
        pair.far().say("first");
        pair.far().say("second");
        IllegalThreadStateException thrown = new IllegalThreadStateException("the handler's own");

        assertSame(
                thrown,
                assertThrows(
                        IllegalThreadStateException.class,
                        () -> Eventually.eventually(
                                "a message",
                                () -> pair.near()
                                                .poll(
                                                        message -> {
                                                            throw thrown;
                                                        },
                                                        10)
                                        > 0)));

        assertEquals(Message.utf8("second"), Traffic.next(pair.near()));
        pair.requireWorking();
    }

    @ContractTest
    default void aHandlerCannotReceive(Stage stage) {
        Pair pair = stage.pair();
        Connection near = pair.near();
        pair.far().say("here");

        Eventually.eventually(
                "a message",
                () -> near.poll(
                                message -> {
                                    assertThrows(IllegalStateException.class, () -> near.receive(Duration.ZERO));
                                    assertThrows(IllegalStateException.class, () -> near.receive(patience()));
                                    assertThrows(IllegalStateException.class, () -> near.poll(another -> {}, 1));
                                    assertThrows(
                                            IllegalStateException.class, () -> near.poll(another -> {}, 1, patience()));
                                    assertEquals("here", Message.copyOf(message).toUtf8());
                                },
                                1)
                        == 1);

        pair.requireWorking();
    }

    @ContractTest
    default void aHandlerMaySend(Stage stage) {
        Pair pair = stage.pair();
        pair.far().say("here");

        Eventually.eventually(
                "a message", () -> pair.near().poll(message -> pair.near().send(message), 1) == 1);

        assertEquals("here", pair.far().hear());
    }

    @ContractTest(fromBothSides = false)
    default void pollAndReceiveTakeTurns(Stage stage) {
        Pair pair = stage.pair();
        Payload payload = Payload.of(133, 20, 30);
        FarTask sending = pair.far().send(payload);
        Tally tally = new Tally(payload, Tally.Order.ANY);
        List<Integer> counts = new ArrayList<>();

        while (!tally.isComplete()) {
            counts.add(pair.near().poll(tally::add, 1));
            if (!tally.isComplete()) {
                tally.add(Traffic.next(pair.near()).asByteBuffer());
            }
        }

        sending.await();
        assertTrue(counts.stream().allMatch(count -> count <= 1), counts.toString());
    }
}
