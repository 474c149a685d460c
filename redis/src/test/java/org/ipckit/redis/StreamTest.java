package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.eventually;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is durable about durable topics: consumers and servers die, and every message is received at least once. */
@Timeout(120)
class StreamTest extends RedisFixture {

    private final RedisStreamTransport streams = new RedisStreamTransport();
    private Process consumer;
    private final AtomicInteger refusals = new AtomicInteger();

    @AfterEach
    void endConsumer() throws InterruptedException {
        if (consumer != null) {
            consumer.destroyForcibly().waitFor();
        }
    }

    private Address address(String options) {
        return Address.parse("redis-stream://127.0.0.1:" + server.port() + "/orders" + options);
    }

    private void publish(int from, int to) {
        try (Publication publication = streams.publish(address(""))) {
            for (int i = from; i < to; i++) {
                publish(publication, "order " + i);
            }
        }
    }

    private static List<String> received(Subscription subscription, int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.add(received(subscription));
        }
        return texts;
    }

    @Test
    void aConsumerThatComesBackGoesOnWhereItHasStopped() {
        start();
        publish(0, 5);
        try (Subscription first = streams.subscribe(address("?consumer=c&from=start"))) {
            assertEquals(List.of("order 0", "order 1"), received(first, 2));
        }

        try (Subscription again = streams.subscribe(address("?consumer=c"))) {
            assertEquals(List.of("order 2", "order 3", "order 4"), received(again, 3));
            assertTrue(again.receive(Duration.ofMillis(50)).isEmpty());
        }
    }

    @Test
    void fromSaysWhereToBegin() {
        start();
        publish(0, 3);
        try (Subscription start = streams.subscribe(address("?from=start"));
                Subscription end = streams.subscribe(address("?from=end"));
                Subscription newcomer = streams.subscribe(address("?consumer=new"))) {
            publish(3, 4);

            assertEquals(List.of("order 0", "order 1", "order 2", "order 3"), received(start, 4));
            assertEquals(List.of("order 3"), received(end, 1));
            assertEquals(List.of("order 3"), received(newcomer, 1));
        }
        try (Subscription rewound = streams.subscribe(address("?consumer=new&from=start"))) {
            assertEquals("order 0", received(rewound, 1).get(0));
        }
    }

    @Test
    void whatAKilledConsumerHasNotAcknowledgedIsTakenOverByAnother() throws Exception {
        start();
        publish(0, 20);
        consumer = TestProcess.start(
                ConsumerMain.class, address("?consumer=c&from=start").toUri());
        BufferedReader said =
                new BufferedReader(new InputStreamReader(consumer.getInputStream(), StandardCharsets.UTF_8));
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            all.add(said.readLine());
        }

        try (Subscription other = streams.subscribe(address("?consumer=c"))) {
            assertTrue(other.receive(Duration.ofMillis(700)).isEmpty(), "the living one's messages are its own");

            consumer.destroyForcibly().waitFor();

            // All but those that it had acknowledged; the last that it had printed may come twice.
            while (all.size() < 20) {
                all.add(received(other, 1).get(0));
            }
        }
        assertEquals(20, all.size());
        eventually(
                "nothing to be left unacknowledged",
                () -> ((List<?>) server.ask("XPENDING", "orders", "c")).get(0).equals(0L));
    }

    @Test
    void whatIsPolledIsAcknowledgedWhenItsHandlerHasReturned() {
        start();
        publish(0, 3);
        try (Subscription subscription = streams.subscribe(address("?consumer=c&from=start"))) {
            List<Object> pendingInside = new ArrayList<>();
            eventually("a message", () -> subscription.poll(message -> pendingInside.add(pending()), 1) == 1);

            assertEquals(List.of(3L), pendingInside);
            eventually("the server to know", () -> pending().equals(2L));
        }
    }

    private Object pending() {
        return ((List<?>) server.ask("XPENDING", "orders", "c")).get(0);
    }

    @Test
    void membersOfOneNameShareTheWork() {
        start();
        try (Subscription one = streams.subscribe(address("?consumer=c"));
                Subscription other = streams.subscribe(address("?consumer=c"))) {
            Set<String> all = new HashSet<>();
            // One at a time, so that neither has taken a batch before the other asks.
            one.receive(Duration.ofMillis(1));
            other.receive(Duration.ofMillis(1));
            publish(0, 100);
            eventually("all messages", () -> {
                for (Subscription each : List.of(one, other)) {
                    each.poll(
                            message ->
                                    assertTrue(all.add(Message.copyOf(message).toUtf8()), "once"),
                            10);
                }
                return all.size() == 100;
            });
        }
    }

    @Test
    void nothingIsLostThoughTheServerIsKilledAndStartedAgain() {
        start("--appendonly", "yes", "--appendfsync", "always");
        publish(0, 10);
        try (Subscription named = streams.subscribe(address("?consumer=c&from=start"));
                Subscription anonymous = streams.subscribe(address("?from=start"));
                Publication publication = streams.publish(address(""))) {
            assertEquals(5, received(named, 5).size());
            assertEquals(5, received(anonymous, 5).size());

            server.kill();
            server.startAgain();
            publication.publish(Message.utf8("after").asByteBuffer());

            List<String> rest = received(named, 6);
            assertEquals("order 5", rest.get(0));
            assertEquals("after", rest.get(5));
            assertEquals(rest, received(anonymous, 6));
        }
    }

    @Test
    void underLoadEveryMessageComesThoughTheServerIsKilledAgainAndAgain() throws Exception {
        start("--appendonly", "yes", "--appendfsync", "always");
        int count = 1000;
        AtomicInteger published = new AtomicInteger();
        Thread publisher = new Thread(
                () -> {
                    try (Publication publication = streams.publish(address(""))) {
                        while (published.get() < count) {
                            try {
                                publication.publish(
                                        Message.utf8("order " + published.get()).asByteBuffer());
                                published.incrementAndGet();
                            } catch (MechanismException nobodyKnowsWhetherItWasHeard) {
                                refusals.incrementAndGet();
                            }
                        }
                    }
                },
                "publisher");
        Set<String> all = new HashSet<>();
        try (Subscription subscription = streams.subscribe(address("?consumer=c&from=start"))) {
            publisher.start();
            for (int kills = 1; kills <= 3; kills++) {
                int before = kills * count / 5;
                while (all.size() < before) {
                    subscription.receive(patience()).ifPresent(message -> all.add(message.toUtf8()));
                }
                server.kill();
                server.startAgain();
            }
            while (all.size() < count) {
                all.add(subscription.receive(patience()).orElseThrow().toUtf8());
            }
        }
        publisher.join();
        assertEquals(count, all.size());
        assertTrue(refusals.get() <= 3, "refused: " + refusals);
    }

    @Test
    void killedConnectionsLoseNothing() {
        start();
        try (Subscription named = streams.subscribe(address("?consumer=c"));
                Subscription anonymous = streams.subscribe(address(""))) {
            publish(0, 3);
            assertEquals(1, received(named, 1).size());
            assertEquals(1, received(anonymous, 1).size());

            server.ask("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            server.ask("CLIENT", "KILL", "TYPE", "pubsub");
            publish(3, 6);

            assertEquals(List.of("order 1", "order 2", "order 3", "order 4", "order 5"), received(named, 5));
            assertEquals(List.of("order 1", "order 2", "order 3", "order 4", "order 5"), received(anonymous, 5));
        }
    }

    @Test
    void olderMessagesAreTrimmed() {
        start("--stream-node-max-entries", "10");
        try (Publication publication = streams.publish(address("?max-length=100"))) {
            for (int i = 0; i < 500; i++) {
                publication.publish(Message.utf8("order " + i).asByteBuffer());
            }
        }

        long kept = (Long) server.ask("XLEN", "orders");

        assertTrue(kept >= 100 && kept < 150, "kept: " + kept);
    }

    @Test
    void otherClientsAddAndReadAsTheyAre() {
        start();
        try (Subscription subscription = streams.subscribe(address("?consumer=c"))) {
            server.ask("XADD", "orders", "*", "text", "from another client");

            assertEquals(List.of("from another client"), received(subscription, 1));
        }
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        for (String options : List.of("?from=last", "?consumer=", "?max-length=some", "?from=middle")) {
            assertThrows(
                    InvalidAddressException.class,
                    () -> streams.capabilities(Address.parse("redis-stream://host/orders" + options)));
        }
    }
}
