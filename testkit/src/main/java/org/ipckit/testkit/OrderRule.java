package org.ipckit.testkit;

import org.ipckit.testkit.Tally.Order;

/** Messages of one direction arrive in the order in which they were sent. */
@Promise(Rule.ORDER)
interface OrderRule {

    Payload MANY = new Payload(41, 2000, 8, 200);
    Payload MANY_BACK = new Payload(42, 2000, 8, 200);

    @ContractTest
    default void bothDirectionsKeepTheirOrder(Stage stage) {
        Pair pair = stage.pair();
        FarTask receiving = pair.far().receive(MANY, Order.AS_SENT);
        FarTask sending = pair.far().send(MANY_BACK);
        Alongside<?> nearSending = Alongside.start("send", () -> {
            Traffic.send(pair.near(), MANY);
            return null;
        });

        Traffic.receive(pair.near(), MANY_BACK, Order.AS_SENT);

        nearSending.await();
        receiving.await();
        sending.await();
    }

    @ContractTest
    default void claimsAndPollsKeepTheOrderToo(Stage stage) {
        Pair pair = stage.pair();
        FarTask receiving = pair.far().poll(MANY, Order.AS_SENT);
        Traffic.sendByClaim(pair.near(), MANY);
        receiving.await();

        FarTask sending = pair.far().sendByClaim(MANY_BACK);
        Traffic.poll(pair.near(), new Tally(MANY_BACK, Order.AS_SENT));
        sending.await();
    }
}
