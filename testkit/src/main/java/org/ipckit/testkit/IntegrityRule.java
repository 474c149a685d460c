package org.ipckit.testkit;

import java.util.ArrayList;
import java.util.List;
import org.ipckit.testkit.Tally.Order;

/** What arrives is what was sent. Of the order another rule speaks. */
@Promise(Rule.INTEGRITY)
interface IntegrityRule {

    List<Integer> EDGES = List.of(1 << 10, 4 << 10, 16 << 10, 64 << 10, 128 << 10, 1 << 20);
    List<Integer> FEWER_EDGES = List.of(4 << 10, 64 << 10);

    @ContractTest
    default void sizesAroundEveryEdgeArriveAsTheyWereSent(Stage stage) {
        Pair pair = stage.pair();
        for (int size : edges(stage)) {
            Payload payload = Payload.of(111, 1, size);

            // Compared at each end: an echo would show nothing of what is spoilt on one way and mended on the other.
            FarTask receiving = pair.far().receive(payload, Order.ANY);
            Traffic.send(pair.near(), payload);
            receiving.await();

            FarTask sending = pair.far().send(payload);
            Traffic.receive(pair.near(), payload, Order.ANY);
            sending.await();
        }
    }

    private static List<Integer> edges(Stage stage) {
        List<Integer> sizes = new ArrayList<>(List.of(1, 2, 3, 4, 5, 7, 8, 9, 55, 56, 57, 63, 64, 65));
        for (int edge : stage.isSlow() ? FEWER_EDGES : EDGES) {
            for (int size = edge - 12; size <= edge + 12; size += edge < 1 << 20 ? 4 : 12) {
                sizes.add(size - 1);
                sizes.add(size);
                sizes.add(size + 1);
            }
        }
        sizes.removeIf(size -> size > stage.atMost(Integer.MAX_VALUE));
        return sizes;
    }

    @ContractTest
    default void messagesOfAllSizesCrossInBothDirectionsAtOnce(Stage stage) {
        Pair pair = stage.pair();
        Payload there = stage.many(112, 300, 8, 60_000);
        Payload back = stage.many(113, 300, 8, 60_000);
        FarTask receiving = pair.far().receive(there, Order.ANY);
        FarTask sending = pair.far().send(back);
        Alongside<?> nearSending = Alongside.start("send", () -> {
            Traffic.send(pair.near(), there);
            return null;
        });

        Traffic.receive(pair.near(), back, Order.ANY);

        nearSending.await();
        receiving.await();
        sending.await();
    }

    @ContractTest(fromBothSides = false)
    default void largeMessagesAreAsWholeAsSmallOnes(Stage stage) {
        Pair pair = stage.pair();
        Payload payload = new Payload(114, 12, 8, stage.atMost(3_000_000));

        FarTask receiving = pair.far().poll(payload, Order.ANY);
        Traffic.sendByClaim(pair.near(), payload);
        receiving.await();

        FarTask sending = pair.far().sendByClaim(payload);
        Traffic.poll(pair.near(), new Tally(payload, Order.ANY));
        sending.await();
    }

    @ContractTest(fromBothSides = false)
    default void aBatchIsCutIntoTheMessagesItWasMadeOf(Stage stage) {
        Pair pair = stage.pair(stage.addressWith("buffer", "64KiB"));
        Payload payload = stage.many(115, 400, 8, 3000);
        FarTask receiving = pair.far().receive(payload, Order.ANY);

        Traffic.send(pair.near(), payload);
        pair.near().flush();
        receiving.await();

        Alongside<?> nearReceiving = Alongside.start("receive", () -> {
            Traffic.receive(pair.near(), payload, Order.ANY);
            return null;
        });
        pair.far().send(payload).await();
        pair.far().flush();
        nearReceiving.await();
    }
}
