package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.eventually;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Topics of a server that is killed, is slow, or has clients of other kinds. */
@Timeout(120)
class TopicTest extends RedisFixture {

    @Test
    void otherClientsPublishAndReceiveAsTheyAre() {
        start();
        Address news = server.address("news");
        openTopic(news);
        assertEquals(1L, server.ask("PUBLISH", "news", "from another client"));
        assertEquals(1, publish("plain"));

        assertEquals("from another client", received(subscription));
        assertEquals("plain", received(subscription));
    }

    @Test
    void aPatternReceivesFromAllItsChannels() {
        start();
        try (Subscription all = redis.subscribe(
                        Address.parse("redis://127.0.0.1:" + server.port() + "/news.%2A?pattern=true"));
                Publication sports = redis.publish(server.address("news.sports"));
                Publication music = redis.publish(server.address("news.music"));
                Publication weather = redis.publish(server.address("weather"))) {
            assertEquals(1, publish(sports, "goal"));
            assertEquals(1, publish(music, "song"));
            assertEquals(0, publish(weather, "rain"));

            assertEquals("goal", received(all));
            assertEquals("song", received(all));
            assertTrue(all.receive(Duration.ofMillis(30)).isEmpty());
        }
        assertThrows(
                InvalidAddressException.class,
                () -> redis.publish(Address.parse("redis://127.0.0.1:" + server.port() + "/news.%2A?pattern=true")));
    }

    @Test
    void aSubscriptionThatIsKilledComesBackAndTellsWhatItHasMissed() {
        start();
        Address news = server.address("news");
        openTopic(news);
        publish("before");
        assertEquals("before", received(subscription));

        server.ask("CLIENT", "KILL", "TYPE", "pubsub");
        for (int i = 0; i < 5; i++) {
            assertEquals(0, publish("to nobody"));
        }

        requireAgain();
        assertEquals(5, subscription.lost());
    }

    @Test
    void whatWasLostIsCountedBeforeWhatCameAfterItIsReceived() {
        start();
        openTopic(server.address("news"));
        long toNobody = 0;
        for (int round = 0; round < 30; round++) {
            server.ask("CLIENT", "KILL", "TYPE", "pubsub");
            // Without a pause, so that one meets the next session while that is being opened.
            while (publish("news") == 0) {
                toNobody++;
                assertTrue(toNobody < 300_000, "the subscription does not come back");
                assertTrue(subscription.receive(Duration.ZERO).isEmpty());
            }

            assertEquals("news", received(subscription));
            assertEquals(toNobody, subscription.lost());
        }
        assertTrue(toNobody > 0, "none was lost");
    }

    @Test
    void aPatternsSubscriptionTellsWhatItHasMissedOfChannelsItKnows() {
        start();
        subscription = closing(
                redis.subscribe(Address.parse("redis://127.0.0.1:" + server.port() + "/news.%2A?pattern=true")));
        publication = closing(redis.publish(server.address("news.one")));
        publish("before");
        assertEquals("before", received(subscription));

        server.ask("CLIENT", "KILL", "TYPE", "pubsub");
        publish("to nobody");
        publish("to nobody");

        assertTrue(subscription.receive(Duration.ofMillis(300)).isEmpty());
        eventually("the subscription to be back", () -> publication.publish(ByteBuffer.allocate(1)) == 1);
        assertEquals(1, subscription.receive(patience()).orElseThrow().size());
        assertTrue(subscription.lost() >= 2, "lost: " + subscription.lost());
    }

    @Test
    void bothSidesSurviveTheRestartOfTheServer() {
        start();
        Address news = server.address("news");
        openTopic(news);
        publish("before");
        assertEquals("before", received(subscription));

        server.kill();
        server.startAgain();
        publish("to nobody");

        requireAgain();
        assertEquals(1, subscription.lost());
    }

    @Test
    void whatASlowSubscriberMissesIsCounted() {
        start("--client-output-buffer-limit", "pubsub", "1mb", "1mb", "1");
        Address news = server.address("news");
        openTopic(news);
        int published = 0;
        int receivers = 1;
        while (receivers == 1) {
            receivers = publication.publish(ByteBuffer.allocate(50_000));
            published++;
        }
        int received = 0;
        Optional<Message> message = subscription.receive(patience());
        while (message.isPresent()) {
            received++;
            message = subscription.receive(Duration.ofMillis(500));
        }

        int sent = published;
        int came = received;
        // Counted when the subscription is back, a moment after the server knows of it.
        eventually(
                () -> sent + " sent, " + came + " received, lost " + subscription.lost(),
                () -> came + subscription.lost() == sent);
        assertTrue(subscription.lost() > 0, "none was lost");
    }

    @Test
    void withoutACounterPublishingNeedsNoMoreThanThat() {
        start();
        server.ask(
                "ACL",
                "SETUSER",
                "reporter",
                "on",
                ">pw",
                "resetchannels",
                "&news",
                "+publish",
                "+hello",
                "+pubsub",
                "+client");
        Address plain = Address.parse("redis://reporter:pw@127.0.0.1:" + server.port() + "/news");
        subscription = closing(redis.subscribe(server.address("news")));
        publication = closing(redis.publish(plain.withOption("sequence", "false")));
        Publication refused = closing(redis.publish(plain));

        AccessDeniedException denied =
                assertThrows(AccessDeniedException.class, () -> refused.publish(ByteBuffer.allocate(1)));
        assertTrue(denied.getMessage().contains("sequence=false"), denied.getMessage());
        assertEquals(1, publish("plain"));

        assertEquals("plain", received(subscription));
    }

    @Test
    void theEmbeddedServerIsStartedByWhoeverComesFirst() {
        Address news = Address.parse("redis://embedded/news?folder=" + folder);
        publication = closing(redis.publish(news));
        subscription = closing(redis.subscribe(news));
        assertTrue(publication.awaitSubscribers(1, patience()));
        publish("hello");
        assertEquals("hello", received(subscription));
    }

    /** Waits for a subscription to be in effect again, while it is asked to receive. */
    private void requireAgain() {
        eventually("the subscription to be back", () -> {
            assertTrue(subscription.receive(Duration.ofMillis(1)).isEmpty());
            return publication.awaitSubscribers(1, Duration.ZERO);
        });
        assertEquals(1, publish("after"));
        assertEquals("after", received(subscription));
    }
}
