package org.ipckit.codecs.example;

import java.math.BigDecimal;
import java.util.List;
import org.ipckit.codecs.CborCodec;
import org.ipckit.testkit.CodecContract;
import org.ipckit.transport.Codec;

class OrderCodecTest extends CodecContract<Order> {

    @Override
    protected Codec<Order> codec() {
        return CborCodec.of(Order.class);
    }

    @Override
    protected List<Order> values() {
        return List.of(new Order(0, "", BigDecimal.ZERO), new Order(7, "bolts", new BigDecimal("1.10")));
    }
}
