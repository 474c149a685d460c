package org.ipckit.codecs.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.ipckit.codecs.CborCodec;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Transports;
import org.ipckit.transport.Typed;
import org.junit.jupiter.api.Test;

/** The example of the README runs, and is what the README shows. */
class OrdersTest {

    @Test
    void theExampleRuns() throws Exception {
        try (Listener listener = Transports.listen("inproc://orders")) {
            CompletableFuture<Order> answer = CompletableFuture.supplyAsync(() -> Orders.send("inproc://orders"));
            try (Typed<Order> shop = Typed.over(listener.accept(), CborCodec.of(Order.class))) {
                Order order = shop.receive();
                shop.send(new Order(order.id(), order.item(), order.price().add(BigDecimal.ONE)));

                assertEquals(new Order(7, "bolts", new BigDecimal("2.10")), answer.get(20, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void theReadmeShowsTheExample() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Path sources = Path.of("src/test/java/org/ipckit/codecs/example");
        String order = Files.readString(sources.resolve("Order.java"));
        String orders = Files.readString(sources.resolve("Orders.java")).replaceAll("(?m)^ {8}", "");

        assertTrue(readme.contains(order.substring(order.indexOf("record ")).strip()));
        assertTrue(readme.contains(orders.substring(orders.indexOf("try ("), orders.lastIndexOf("    }\n}"))
                .strip()));
    }
}
