package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.ipckit.testkit.Tally.Order;
import org.ipckit.transport.Capabilities.Delivery;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;

/** What was accepted before a close arrives; after a transport that may lose messages, some of it. */
@Promise(Rule.LAST_WORDS)
interface LastWordsRule {

    /** Less than every mechanism has room for. */
    Payload WORDS = new Payload(61, 20, 8, 100);

    /** A close moves out what was accepted for so long. */
    Duration LAST_WORDS = Duration.ofSeconds(1);

    int MOST_TRIES = 5;

    @ContractTest
    default void whatWasSentBeforeCloseArrives(Stage stage) {
        Pair pair = stage.pair();

        Traffic.send(pair.near(), WORDS);
        pair.near().close();

        requireDrained(stage, WORDS, pair.far().drain(WORDS, Order.ANY));
    }

    @ContractTest
    default void whatThePeerSentBeforeItClosedIsReceived(Stage stage) {
        Pair pair = stage.pair();

        pair.far().send(WORDS).await();
        pair.far().close();

        requireWords(stage, pair.near());
    }

    @ContractTest
    default void whatThePeerSentBeforeItClosedIsPolled(Stage stage) {
        Pair pair = stage.pair();

        pair.far().send(WORDS).await();
        pair.far().close();

        Tally tally = new Tally(WORDS, Order.ANY);
        ConnectionClosedException end = assertThrows(
                ConnectionClosedException.class,
                () -> Eventually.eventually("the end", () -> pair.near().poll(tally::add, 7) < 0));
        assertEquals(By.PEER, end.by());
        requireReceived(stage, tally);
    }

    @ContractTest
    default void whatThisSideHasNotReadDoesNotHarmWhatItSaid(Stage stage) {
        Pair pair = stage.pair();
        pair.far().send(new Payload(62, 50, 8, 100)).await();

        Traffic.send(pair.near(), WORDS);
        pair.near().close();

        requireDrained(stage, WORDS, pair.far().drain(WORDS, Order.ANY));
    }

    @ContractTest
    default void aPeerThatGoesOnSendingHearsTheLastWords(Stage stage) {
        Payload words = new Payload(64, 300, 8, stage.atMost(4000));
        boolean again = true;
        for (int tries = 1; again; tries++) {
            Pair pair = stage.pair();
            FarTask sending = pair.far().send(CrashRule.ENDLESS);
            sending.awaitProgress(1);
            FarTask draining = pair.far().drain(words, Order.ANY);

            Traffic.send(pair.near(), words);
            boolean cutShort = closeIsCutShort(pair.near());

            // Who is cut short may be told of a loss; what was said is received all the same.
            String answer = draining.await();
            sending.awaitFailure();
            boolean heard = losesMessages(stage) || answer.startsWith(words.count() + " ");
            again = !heard && cutShort && tries < MOST_TRIES;
            assertTrue(heard || again, answer);
        }
    }

    @ContractTest
    default void aSendThatFailsLeavesWhatCanStillBeReceived(Stage stage) {
        Pair pair = stage.pair();
        pair.far().send(WORDS).await();
        pair.far().close();

        Eventually.eventually("a send to fail", () -> {
            try {
                pair.near().offer(ByteBuffer.allocate(100), Duration.ofMillis(10));
                return false;
            } catch (ConnectionClosedException end) {
                return true;
            }
        });

        requireWords(stage, pair.near());
    }

    @ContractTest
    default void aLargeMessageThatWasAcceptedArrivesThoughClosedAtOnce(Stage stage) {
        Payload large = Payload.of(63, 1, stage.atMost(6 << 20));

        boolean again = true;
        for (int tries = 1; again; tries++) {
            Pair pair = stage.pair();
            FarTask draining = pair.far().drain(large, Order.ANY);

            assertTrue(pair.near().offer(ByteBuffer.wrap(large.bytes(0)), Duration.ZERO));
            boolean cutShort = closeIsCutShort(pair.near());

            String answer = draining.await();
            again = cutShort && answer.endsWith(By.LOSS.name()) && tries < MOST_TRIES;
            if (!again) {
                assertEquals(drained(stage, large, answer), answer);
            }
        }
    }

    @ContractTest(fromBothSides = false)
    default void aBurstUpToTheLastByteOfRoomIsReceivedBeforeTheEnd(Stage stage) {
        if (!stage.waitsWhenFull()) {
            return;
        }
        Pair pair = stage.pair();
        Payload burst = stage.filler().first(pair.far().burst(stage.filler()));
        Tally tally = new Tally(burst, Order.ANY);
        Alongside<By> draining = Alongside.start("receive all", () -> Traffic.drain(pair.near(), tally));

        pair.far().close();

        assertEquals(By.PEER, draining.await());
        tally.requireFirst(losesMessages(stage) ? 0 : burst.count());
    }

    @ContractTest
    default void whatIsCollectedInABatchLeavesBeforeTheEnd(Stage stage) {
        Pair pair = stage.pair(stage.addressWith("buffer", "64KiB"));

        Traffic.send(pair.near(), WORDS);
        pair.near().close();

        requireDrained(stage, WORDS, pair.far().drain(WORDS, Order.ANY));
    }

    /**
     * Closes, and returns whether that took its second. It need not take longer, which is too short for a peer on a machine
     * that is busy: then it is tried again.
     */
    private static boolean closeIsCutShort(Connection near) {
        long closing = System.nanoTime();
        near.close();
        return System.nanoTime() - closing >= LAST_WORDS.toNanos();
    }

    private static void requireDrained(Stage stage, Payload payload, FarTask draining) {
        String answer = draining.await();
        assertEquals(drained(stage, payload, answer), answer);
    }

    private static String drained(Stage stage, Payload payload, String answer) {
        return (losesMessages(stage) ? answer.split(" ", -1)[0] : payload.count()) + " " + By.PEER;
    }

    private static void requireWords(Stage stage, Connection near) {
        Tally tally = new Tally(WORDS, Order.ANY);
        assertEquals(By.PEER, Traffic.drain(near, tally));
        requireReceived(stage, tally);
        assertThrows(ConnectionClosedException.class, () -> near.receive(patience()));
    }

    private static void requireReceived(Stage stage, Tally tally) {
        tally.requireFirst(losesMessages(stage) ? 0 : WORDS.count());
    }

    private static boolean losesMessages(Stage stage) {
        return stage.capabilities().delivery() == Delivery.AT_MOST_ONCE;
    }
}
