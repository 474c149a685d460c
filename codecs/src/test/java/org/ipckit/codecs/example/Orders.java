package org.ipckit.codecs.example;

import java.math.BigDecimal;
import org.ipckit.codecs.CborCodec;
import org.ipckit.transport.Transports;
import org.ipckit.transport.Typed;

/** Sends an order and waits for what becomes of it. */
final class Orders {

    private Orders() {}

    static Order send(String address) {
        try (Typed<Order> orders = Typed.over(Transports.connect(address), CborCodec.of(Order.class))) {
            orders.send(new Order(7, "bolts", new BigDecimal("1.10")));
            return orders.receive();
        }
    }
}
