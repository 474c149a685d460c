package org.ipckit.chronicle;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that use a topic are killed; the others go on, and nothing is torn or lost. */
@Timeout(120)
class ChronicleCrashTest {

    @TempDir
    private Path folder;

    private final ChronicleQueueTransport topics = new ChronicleQueueTransport();
    private final Children children = new Children();

    @AfterEach
    void endAll() {
        children.close();
    }

    private Address address(String options) {
        return Address.parse("chronicle-queue://" + folder.resolve("orders") + options);
    }

    @Test
    void whatAKilledConsumerHasNotDoneWithComesAgain() throws Exception {
        try (Publication publication = topics.publish(address(""))) {
            for (int i = 0; i < 10; i++) {
                publication.publish(Message.utf8("order " + i).asByteBuffer());
            }
        }
        Children.Child consumer = children.start(
                TopicMain.class, "receive", address("?consumer=c&from=start").toUri());
        for (int i = 0; i < 5; i++) {
            assertEquals("order " + i, consumer.line());
        }
        assertEquals("in the handler", consumer.line());

        consumer.kill();

        try (Subscription next = topics.subscribe(address("?consumer=c"))) {
            // It had asked for the sixth, which says that it was done with the fifth.
            for (int i = 5; i < 10; i++) {
                assertEquals(
                        "order " + i, next.receive(patience()).orElseThrow().toUtf8());
            }
            assertTrue(next.receive(Duration.ofMillis(50)).isEmpty());
        }
    }

    @Test
    void publishersGoOnWhenOneIsKilledInTheMiddle() throws Exception {
        try (Subscription subscription = topics.subscribe(address(""));
                Publication publication = topics.publish(address(""))) {
            for (int round = 0; round < 3; round++) {
                Children.Child doomed =
                        children.start(TopicMain.class, "publish", address("").toUri());
                assertEquals("publishing", doomed.line());

                doomed.kill();
                publication.publish(Message.utf8("round " + round).asByteBuffer());

                assertEquals(List.of("round " + round), afterAllOf(subscription));
            }
        }
    }

    /** Returns the first message that is not the killed one's, whose messages are whole and in order. */
    private static List<String> afterAllOf(Subscription subscription) {
        for (int expected = 0; ; expected++) {
            ByteBuffer message = subscription.receive(patience()).orElseThrow().asByteBuffer();
            if (message.remaining() < 100) {
                assertTrue(expected > 100, "messages of the killed one: " + expected);
                return List.of(Message.copyOf(message).toUtf8());
            }
            assertEquals(30_000, message.remaining());
            assertEquals(expected, message.getInt(0));
        }
    }
}
