package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Address;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.Capabilities;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.InterruptedWaitException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Message;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link BroadcastTransport} promises, as tests. A transport's own test says which it is and gives addresses.
 * Everything is received here while nobody is lost: what becomes of messages when a process or a server dies differs from
 * one mechanism to the next, and is for its own tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
@ExtendWith(Watchdog.class)
public abstract class BroadcastContract {

    private static final Duration SHORT = Duration.ofMillis(30);
    private static final int MANY = 300;

    @TempDir
    private Path folder;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Returns the transport under test. */
    protected abstract BroadcastTransport transport();

    /** Returns the address of a topic that was not used before; its files, if it has any, are in the folder. */
    protected abstract Address freshAddress(Path folder);

    /**
     * Returns an address of the same topic for one more subscription that receives everything. The same unless
     * subscriptions have names.
     */
    protected Address subscriber(Address topic, int number) {
        return topic;
    }

    @AfterEach
    final void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private Publication publish(Address address) {
        Publication publication = transport().publish(address);
        opened.push(publication);
        return publication;
    }

    private Subscription subscribe(Address topic, int number) {
        Subscription subscription = transport().subscribe(subscriber(topic, number));
        opened.push(subscription);
        return subscription;
    }

    private static Message next(Subscription subscription) {
        return subscription
                .receive(patience())
                .orElseThrow(() -> new AssertionError(
                        "no message has come within " + patience().toSeconds() + " s"));
    }

    @Test
    final void whatIsPublishedAfterASubscriptionIsReceivedInOrder() {
        Address topic = freshAddress(folder);
        Publication publication = publish(topic);
        Subscription subscription = subscribe(topic, 1);

        for (int i = 0; i < MANY; i++) {
            publication.publish(Message.utf8("message " + i).asByteBuffer());
        }

        for (int i = 0; i < MANY; i++) {
            assertEquals(Message.utf8("message " + i), next(subscription));
        }
        assertTrue(subscription.receive(SHORT).isEmpty());
        assertEquals(0, subscription.lost());
    }

    @Test
    final void everySubscriptionReceivesEverything() {
        Address topic = freshAddress(folder);
        Publication publication = publish(topic);
        List<Subscription> all = List.of(subscribe(topic, 1), subscribe(topic, 2), subscribe(topic, 3));

        int receivers = publication.publish(Message.utf8("to all").asByteBuffer());

        for (Subscription each : all) {
            assertEquals(Message.utf8("to all"), next(each));
            assertTrue(each.receive(SHORT).isEmpty());
        }
        assertTrue(receivers == all.size() || receivers == -1, "receivers: " + receivers);
    }

    @Test
    final void severalPublicationsShareATopic() {
        Address topic = freshAddress(folder);
        Subscription subscription = subscribe(topic, 1);
        Publication one = publish(topic);
        Publication other = publish(topic);

        one.publish(Message.utf8("one").asByteBuffer());
        other.publish(Message.utf8("other").asByteBuffer());

        assertEquals(Message.utf8("one"), next(subscription));
        assertEquals(Message.utf8("other"), next(subscription));
        assertEquals(0, subscription.lost());
    }

    @Test
    final void topicsDoNotMix() {
        Address topic = freshAddress(folder.resolve("a"));
        Address another = freshAddress(folder.resolve("b"));
        Subscription subscription = subscribe(topic, 1);

        publish(another).publish(Message.utf8("for others").asByteBuffer());
        publish(topic).publish(Message.utf8("for us").asByteBuffer());

        assertEquals(Message.utf8("for us"), next(subscription));
    }

    @Test
    final void whoeverPublishesCanWaitForSubscribers() {
        Address topic = freshAddress(folder);
        Publication publication = publish(topic);
        assertTrue(publication.awaitSubscribers(0, Duration.ZERO) || publication.publish(ByteBuffer.allocate(0)) == -1);
        long start = System.nanoTime();
        assertFalse(publication.awaitSubscribers(1, SHORT));
        assertTrue(System.nanoTime() - start >= SHORT.toNanos(), "it has waited all the time");

        Alongside<Boolean> waiting =
                Alongside.startAndWait("awaitSubscribers", () -> publication.awaitSubscribers(2, patience()));
        subscribe(topic, 1);
        subscribe(topic, 2);

        assertTrue(waiting.await());
    }

    @Test
    final void anEmptyMessageIsAMessage() {
        Address topic = freshAddress(folder);
        Subscription subscription = subscribe(topic, 1);

        publish(topic).publish(ByteBuffer.allocate(0));

        assertEquals(Message.of(), next(subscription));
    }

    @Test
    final void exactlyTheLargestMessageGoesThroughAndOneMoreIsRefused() {
        Address topic = freshAddress(folder).withOption("max-message", "100000");
        Subscription subscription = subscribe(topic, 1);
        Publication publication = publish(topic);
        assertEquals(100_000, publication.capabilities().maxMessageSize());
        byte[] largest = Payload.of(11, 1, 100_000).bytes(0);

        assertThrows(MessageTooLargeException.class, () -> publication.publish(ByteBuffer.allocate(100_001)));
        publication.publish(ByteBuffer.wrap(largest));

        assertEquals(Message.of(largest), next(subscription));
    }

    @Test
    final void anyKindOfBufferIsPublishedAndNotConsumed() {
        Address topic = freshAddress(folder);
        Subscription subscription = subscribe(topic, 1);
        Publication publication = publish(topic);
        byte[] bytes = Payload.of(12, 1, 5000).bytes(0);
        ByteBuffer direct = ByteBuffer.allocateDirect(6000).position(7).put(bytes);
        for (ByteBuffer buffer : List.of(
                ByteBuffer.wrap(bytes),
                ByteBuffer.wrap(bytes).asReadOnlyBuffer(),
                direct.duplicate().flip().position(7).order(ByteOrder.LITTLE_ENDIAN))) {
            int position = buffer.position();

            publication.publish(buffer);

            assertEquals(position, buffer.position());
            assertEquals(Message.of(bytes), next(subscription));
        }
    }

    @Test
    final void pollHandsOverWhatIsThereAndAtMostTheLimit() {
        Address topic = freshAddress(folder);
        Subscription subscription = subscribe(topic, 1);
        Publication publication = publish(topic);
        for (int i = 0; i < 10; i++) {
            publication.publish(Message.utf8("message " + i).asByteBuffer());
        }
        List<Message> polled = new ArrayList<>();

        Eventually.eventually("all to be polled", () -> {
            int count = subscription.poll(
                    message -> {
                        assertTrue(message.isReadOnly());
                        assertEquals(ByteOrder.BIG_ENDIAN, message.order());
                        assertEquals(0, message.position());
                        polled.add(Message.copyOf(message));
                    },
                    3);
            assertTrue(count <= 3, "polled at once: " + count);
            return polled.size() == 10;
        });

        assertEquals(0, subscription.poll(message -> {}, 3));
        assertEquals(Message.utf8("message 9"), polled.get(9));
        assertThrows(IllegalArgumentException.class, () -> subscription.poll(message -> {}, 0));
    }

    @Test
    final void aHandlerThatFailsHasConsumedItsMessage() {
        Address topic = freshAddress(folder);
        Subscription subscription = subscribe(topic, 1);
        Publication publication = publish(topic);
        publication.publish(Message.utf8("first").asByteBuffer());
        publication.publish(Message.utf8("second").asByteBuffer());
        AtomicInteger handled = new AtomicInteger();

        assertThrows(
                ArithmeticException.class,
                () -> Eventually.eventually(
                        "a message",
                        () -> subscription.poll(
                                        message -> {
                                            handled.incrementAndGet();
                                            throw new ArithmeticException("on purpose");
                                        },
                                        5)
                                > 0));

        assertEquals(1, handled.get());
        assertEquals(Message.utf8("second"), next(subscription));
    }

    @Test
    final void aTimeoutIsNotEarlyAndNegativeOnesAreRefused() {
        Subscription subscription = subscribe(freshAddress(folder), 1);
        long start = System.nanoTime();

        Optional<Message> nothing = subscription.receive(SHORT);

        assertTrue(nothing.isEmpty());
        assertTrue(System.nanoTime() - start >= SHORT.toNanos());
        assertTrue(subscription.receive(Duration.ZERO).isEmpty());
        assertThrows(IllegalArgumentException.class, () -> subscription.receive(Duration.ofNanos(-1)));
    }

    @Test
    final void anInterruptEndsAWaitAndNothingElse() {
        Address topic = freshAddress(folder);
        Subscription subscription = subscribe(topic, 1);
        Alongside<?> waiting = Alongside.startAndWait("receive", () -> {
            try {
                return subscription.receive(Waits.FOREVER);
            } finally {
                assertTrue(Thread.currentThread().isInterrupted());
            }
        });

        waiting.thread().interrupt();

        waiting.awaitFailure(InterruptedWaitException.class);
        publish(topic).publish(Message.utf8("still").asByteBuffer());
        assertEquals(Message.utf8("still"), next(subscription));
    }

    @Test
    final void closeWakesWhoWaitsAndLaterCallsSayWhoHasClosed() {
        Address topic = freshAddress(folder);
        Subscription subscription = subscribe(topic, 1);
        Alongside<?> waiting = Alongside.startAndWait("receive", () -> subscription.receive(Waits.FOREVER));

        subscription.close();

        assertEquals(
                By.THIS_SIDE,
                waiting.awaitFailure(ConnectionClosedException.class).by());
        assertThrows(ConnectionClosedException.class, () -> subscription.receive(Duration.ZERO));
        assertThrows(ConnectionClosedException.class, () -> subscription.poll(message -> {}, 1));
        subscription.close();
        assertEquals(0, subscription.lost());
    }

    @Test
    final void aPublicationThatIsClosedSaysSo() {
        Publication publication = publish(freshAddress(folder));

        publication.close();
        publication.close();

        ConnectionClosedException end =
                assertThrows(ConnectionClosedException.class, () -> publication.publish(ByteBuffer.allocate(1)));
        assertEquals(By.THIS_SIDE, end.by());
        assertThrows(ConnectionClosedException.class, () -> publication.awaitSubscribers(1, patience()));
    }

    @Test
    final void aSubscriptionThatIsClosedIsNotCountedAnyMore() {
        Address topic = freshAddress(folder);
        Publication publication = publish(topic);
        Subscription stays = subscribe(topic, 1);
        Subscription goes = subscribe(topic, 2);
        assertTrue(publication.awaitSubscribers(2, patience()));

        goes.close();

        if (publication.capabilities().delivery() == Capabilities.Delivery.AT_MOST_ONCE) {
            Eventually.eventually("it to be gone", () -> !publication.awaitSubscribers(2, Duration.ZERO));
        }
        publication.publish(Message.utf8("to those who stay").asByteBuffer());
        assertEquals(Message.utf8("to those who stay"), next(stays));
    }

    @Test
    final void whatWasPublishedBeforeASubscriptionIsForOthers() {
        Address topic = freshAddress(folder);
        Publication publication = publish(topic);
        publication.publish(Message.utf8("too early").asByteBuffer());

        Subscription subscription = subscribe(topic, 1);

        assertTrue(subscription.receive(SHORT).isEmpty());
    }

    @Test
    final void addressAndCapabilitiesAreThoseOfTheTopic() {
        Address topic = freshAddress(folder);
        Publication publication = publish(topic);
        Subscription subscription = subscribe(topic, 1);

        assertEquals(topic, publication.address());
        assertEquals(subscriber(topic, 1), subscription.address());
        assertEquals(transport().capabilities(topic), publication.capabilities());
        assertEquals(transport().capabilities(subscription.address()), subscription.capabilities());
    }

    @Test
    final void anOptionThatIsNotKnownIsRefused() {
        Address topic = freshAddress(folder).withOption("no-such-option", "1");

        for (InvalidAddressException refused : List.of(
                assertThrows(InvalidAddressException.class, () -> transport().publish(topic)),
                assertThrows(InvalidAddressException.class, () -> transport().subscribe(topic)),
                assertThrows(InvalidAddressException.class, () -> transport().capabilities(topic)))) {
            assertTrue(refused.getMessage().contains("no-such-option"), refused.getMessage());
        }
    }
}
