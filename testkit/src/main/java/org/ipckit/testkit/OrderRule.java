package org.ipckit.testkit;

import org.ipckit.testkit.Tally.Order;

/** Messages of one direction arrive in the order in which they were sent. */
@Promise(Rule.ORDER)
interface OrderRule {

    @ContractTest
    default void bothDirectionsKeepTheirOrder(Stage stage) {
        Pair pair = stage.pair();
        Payload there = stage.many(41, 2000, 8, 200);
        Payload back = stage.many(42, 2000, 8, 200);
        FarTask receiving = pair.far().receive(there, Order.AS_SENT);
        FarTask sending = pair.far().send(back);
        Alongside<?> nearSending = Alongside.start("send", () -> {
            Traffic.send(pair.near(), there);
            return null;
        });

        Traffic.receive(pair.near(), back, Order.AS_SENT);

        nearSending.await();
        receiving.await();
        sending.await();
    }

    @ContractTest
    default void claimsAndPollsKeepTheOrderToo(Stage stage) {
        Pair pair = stage.pair();
        Payload there = stage.many(41, 2000, 8, 200);
        Payload back = stage.many(42, 2000, 8, 200);
        FarTask receiving = pair.far().poll(there, Order.AS_SENT);
        Traffic.sendByClaim(pair.near(), there);
        receiving.await();

        FarTask sending = pair.far().sendByClaim(back);
        Traffic.poll(pair.near(), new Tally(back, Order.AS_SENT));
        sending.await();
    }
}
