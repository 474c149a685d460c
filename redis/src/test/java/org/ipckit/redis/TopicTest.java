package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.eventually;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Topics of a server that is killed, is slow, or has clients of other kinds. */
@Timeout(120)
class TopicTest {

    private final RedisTransport redis = new RedisTransport();

    @TempDir
    private Path folder;

    private TestServer server;

    @AfterEach
    void endServer() {
        if (server != null) {
            server.close();
        }
        EmbeddedServer.in(folder).stop();
    }

    @Test
    void otherClientsPublishAndReceiveAsTheyAre() {
        server = TestServer.start();
        Address news = server.address("news");
        try (Subscription subscription = redis.subscribe(news);
                Publication publication = redis.publish(news)) {
            assertEquals(1L, server.ask("PUBLISH", "news", "from another client"));
            assertEquals(1, publication.publish(Message.utf8("plain").asByteBuffer()));

            assertEquals(
                    Message.utf8("from another client"),
                    subscription.receive(patience()).orElseThrow());
            assertEquals(Message.utf8("plain"), subscription.receive(patience()).orElseThrow());
        }
    }

    @Test
    void aPatternReceivesFromAllItsChannels() {
        server = TestServer.start();
        try (Subscription all = redis.subscribe(
                        Address.parse("redis://127.0.0.1:" + server.port() + "/news.%2A?pattern=true"));
                Publication sports = redis.publish(server.address("news.sports"));
                Publication music = redis.publish(server.address("news.music"));
                Publication weather = redis.publish(server.address("weather"))) {
            assertEquals(1, sports.publish(Message.utf8("goal").asByteBuffer()));
            assertEquals(1, music.publish(Message.utf8("song").asByteBuffer()));
            assertEquals(0, weather.publish(Message.utf8("rain").asByteBuffer()));

            assertEquals(Message.utf8("goal"), all.receive(patience()).orElseThrow());
            assertEquals(Message.utf8("song"), all.receive(patience()).orElseThrow());
            assertTrue(all.receive(Duration.ofMillis(30)).isEmpty());
        }
        assertThrows(
                InvalidAddressException.class,
                () -> redis.publish(Address.parse("redis://127.0.0.1:" + server.port() + "/news.%2A?pattern=true")));
    }

    @Test
    void aSubscriptionThatIsKilledComesBackAndTellsWhatItHasMissed() {
        server = TestServer.start();
        Address news = server.address("news");
        try (Subscription subscription = redis.subscribe(news);
                Publication publication = redis.publish(news)) {
            publication.publish(Message.utf8("before").asByteBuffer());
            assertEquals(
                    Message.utf8("before"), subscription.receive(patience()).orElseThrow());

            server.ask("CLIENT", "KILL", "TYPE", "pubsub");
            for (int i = 0; i < 5; i++) {
                assertEquals(0, publication.publish(Message.utf8("to nobody").asByteBuffer()));
            }

            requireAgain(subscription, publication);
            assertEquals(5, subscription.lost());
        }
    }

    @Test
    void aPatternsSubscriptionTellsWhatItHasMissedOfChannelsItKnows() {
        server = TestServer.start();
        Address news = server.address("news.one");
        try (Subscription subscription = redis.subscribe(
                        Address.parse("redis://127.0.0.1:" + server.port() + "/news.%2A?pattern=true"));
                Publication publication = redis.publish(news)) {
            publication.publish(Message.utf8("before").asByteBuffer());
            assertEquals(
                    Message.utf8("before"), subscription.receive(patience()).orElseThrow());

            server.ask("CLIENT", "KILL", "TYPE", "pubsub");
            publication.publish(Message.utf8("to nobody").asByteBuffer());
            publication.publish(Message.utf8("to nobody").asByteBuffer());

            assertTrue(subscription.receive(Duration.ofMillis(300)).isEmpty());
            eventually("the subscription to be back", () -> publication.publish(ByteBuffer.allocate(1)) == 1);
            assertEquals(1, subscription.receive(patience()).orElseThrow().size());
            assertTrue(subscription.lost() >= 2, "lost: " + subscription.lost());
        }
    }

    @Test
    void bothSidesSurviveTheRestartOfTheServer() {
        server = TestServer.start();
        Address news = server.address("news");
        try (Subscription subscription = redis.subscribe(news);
                Publication publication = redis.publish(news)) {
            publication.publish(Message.utf8("before").asByteBuffer());
            assertEquals(
                    Message.utf8("before"), subscription.receive(patience()).orElseThrow());

            server.kill();
            server.startAgain();
            publication.publish(Message.utf8("to nobody").asByteBuffer());

            requireAgain(subscription, publication);
            assertEquals(1, subscription.lost());
        }
    }

    @Test
    void whatASlowSubscriberMissesIsCounted() {
        server = TestServer.start("--client-output-buffer-limit", "pubsub", "1mb", "1mb", "1");
        Address news = server.address("news");
        try (Subscription subscription = redis.subscribe(news);
                Publication publication = redis.publish(news)) {
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
            eventually("the subscription to be back", () -> publication.awaitSubscribers(1, Duration.ZERO));

            assertTrue(subscription.lost() > 0, "lost: " + subscription.lost());
            assertEquals(published, received + subscription.lost());
        }
    }

    @Test
    void withoutACounterPublishingNeedsNoMoreThanThat() {
        server = TestServer.start();
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
        try (Subscription subscription = redis.subscribe(server.address("news"));
                Publication refused = redis.publish(plain);
                Publication publication = redis.publish(plain.withOption("sequence", "false"))) {
            org.ipckit.transport.AccessDeniedException denied = assertThrows(
                    org.ipckit.transport.AccessDeniedException.class, () -> refused.publish(ByteBuffer.allocate(1)));
            assertTrue(denied.getMessage().contains("sequence=false"), denied.getMessage());

            assertEquals(1, publication.publish(Message.utf8("plain").asByteBuffer()));

            assertEquals(Message.utf8("plain"), subscription.receive(patience()).orElseThrow());
        }
    }

    @Test
    void theEmbeddedServerIsStartedByWhoeverComesFirst() {
        Address news = Address.parse("redis://embedded/news?folder=" + folder);
        try (Publication publication = redis.publish(news);
                Subscription subscription = redis.subscribe(news)) {
            assertTrue(publication.awaitSubscribers(1, patience()));
            publication.publish(Message.utf8("hello").asByteBuffer());
            assertEquals(Message.utf8("hello"), subscription.receive(patience()).orElseThrow());
        }
    }

    /** Waits for a subscription to be in effect again, while it is asked to receive. */
    private static void requireAgain(Subscription subscription, Publication publication) {
        eventually("the subscription to be back", () -> {
            assertTrue(subscription.receive(Duration.ofMillis(1)).isEmpty());
            return publication.awaitSubscribers(1, Duration.ZERO);
        });
        assertEquals(1, publication.publish(Message.utf8("after").asByteBuffer()));
        assertEquals(Message.utf8("after"), subscription.receive(patience()).orElseThrow());
    }
}
