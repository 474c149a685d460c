package org.ipckit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.ipckit.transport.MessageHandler;
import org.junit.jupiter.api.Test;

/** What is published is queued, and what is queued is read; but for what this topic loses. */
class SubscriberTest {

    private static final int SIZE = 64;

    private final Topic topic = new Topic();
    private final Publisher publisher = new Publisher(topic, SIZE);
    private final Subscriber subscriber = new Subscriber(topic, SIZE);

    @Test
    void whatWasPublishedIsCounted() throws IOException {
        Tally published = publisher.publish(1_000_000, 1);

        assertTrue(published.messages() > 0);
        assertEquals(published.messages(), subscriber.swallow(1).messages());
    }

    @Test
    void whatWasLostIsNot() throws IOException {
        topic.loses = number -> number % 3 == 0;

        Tally published = publisher.publish(1_000_000, 1);

        assertEquals(
                published.messages() - published.messages() / 3,
                subscriber.swallow(1).messages());
    }

    @Test
    void theEndOfAnEarlierRunThatWasPublishedAgainEndsNoOther() throws IOException {
        publisher.publish(1_000_000, 1);
        publisher.publish(0, 1);
        subscriber.swallow(1);

        Tally published = publisher.publish(1_000_000, 2);

        assertEquals(published.messages(), subscriber.swallow(2).messages());
    }

    @Test
    void aMessageThatComesTwiceEndsTheRow() throws IOException {
        topic.repeats = number -> number == 3;
        publisher.publish(1_000_000, 1);

        assertEquals(
                "message 3 came after 3",
                assertThrows(WrongMessageException.class, () -> subscriber.swallow(1))
                        .getMessage());
    }

    private static final class Topic implements Exchange {

        private final Deque<ByteBuffer> queue = new ArrayDeque<>();
        private Predicate<Long> loses = number -> false;
        private Predicate<Long> repeats = number -> false;

        @Override
        public void send(ByteBuffer message) {
            long number = new Payload(End.NEAR, SIZE).read(message);
            if (!loses.test(number)) {
                queue.add(copy(message));
            }
            if (repeats.test(number)) {
                queue.add(copy(message));
            }
        }

        private static ByteBuffer copy(ByteBuffer message) {
            return ByteBuffer.allocate(message.remaining())
                    .put(message.duplicate())
                    .flip();
        }

        @Override
        public void receive(MessageHandler handler) {
            handler.onMessage(queue.remove());
        }

        @Override
        public void drain(MessageHandler handler) {
            receive(handler);
        }

        @Override
        public void close() {
            queue.clear();
        }
    }
}
