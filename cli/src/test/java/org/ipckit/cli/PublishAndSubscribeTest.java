package org.ipckit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Topics on the server that is started where none is given. */
@Timeout(120)
class PublishAndSubscribeTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsPublishedIsPrintedByAllSubscribers() throws InterruptedException {
        String topic = "redis://embedded/news?folder=" + folder;
        Ipckit one = new Ipckit().start("subscribe", topic, "--count", "3");
        Ipckit other = new Ipckit().start("subscribe", topic, "--count", "3");
        one.err.awaitLine("subscribed to ");
        other.err.awaitLine("subscribed to ");

        Ipckit publish = new Ipckit()
                .withInput("two\nthree\n")
                .start("publish", topic, "--await", "2", "one", "-")
                .awaitEnd();

        assertEquals(0, publish.exitCode(), () -> publish.err().toString());
        assertEquals(List.of("one", "two", "three"), one.awaitEnd().out());
        assertEquals(List.of("one", "two", "three"), other.awaitEnd().out());
        assertEquals(0, one.exitCode());
    }

    @Test
    void aNamedConsumerGoesOnWhereItHasStopped() throws InterruptedException {
        String stream = "redis-stream://embedded/orders?folder=" + folder;
        assertEquals(0, Ipckit.run("publish", stream, "one", "two", "three").exitCode());

        Ipckit first = Ipckit.run("subscribe", stream + "&consumer=c&from=start", "--count", "2");
        Ipckit second = Ipckit.run("subscribe", stream + "&consumer=c", "--count", "1");

        assertEquals(List.of("one", "two"), first.out());
        assertEquals(List.of("three"), second.out());
    }

    @Test
    void whoWaitsInVainIsTold() throws InterruptedException {
        String topic = "redis://embedded/nobody?folder=" + folder;

        Ipckit publish = Ipckit.run("publish", topic, "--await", "1", "--timeout", "50ms", "one");
        Ipckit subscribe = Ipckit.run("subscribe", topic, "--timeout", "50ms");

        assertEquals(1, publish.exitCode());
        assertTrue(publish.err().toString().contains("fewer than 1 subscribers"), publish.err()::toString);
        assertEquals(1, subscribe.exitCode());
        assertTrue(subscribe.err().toString().contains("no message came to"), subscribe.err()::toString);
    }

    @Test
    void aTransportWithoutTopicsIsRefusedWithThoseThatHaveThem() throws InterruptedException {
        Ipckit publish = Ipckit.run("publish", "inproc://x", "one");

        assertEquals(2, publish.exitCode());
        assertTrue(publish.err().toString().contains("redis-stream"), publish.err()::toString);
    }
}
