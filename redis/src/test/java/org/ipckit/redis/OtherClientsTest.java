package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Python's client and redis-cli take part as they are. */
@Timeout(120)
class OtherClientsTest extends RedisFixture {

    private final List<Process> processes = new ArrayList<>();
    private Address news;

    @BeforeEach
    void startServer() {
        start();
        news = server.address("news");
    }

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void pythonPublishesAndReceives() throws Exception {
        String python3 = Required.pythonWith("redis");
        try (Subscription subscription = redis.subscribe(news);
                Publication publication = redis.publish(news)) {
            Process python = run(
                    python3,
                    "-c",
                    """
                    import redis, sys
                    r = redis.Redis(port=int(sys.argv[1]))
                    p = r.pubsub(ignore_subscribe_messages=True)
                    p.subscribe('news')
                    print(r.publish('news', b'from python'), flush=True)
                    for m in p.listen():
                        print(m['data'].decode(), flush=True)
                    """,
                    String.valueOf(server.port()));
            BufferedReader said = output(python);

            assertEquals("2", said.readLine());
            assertEquals("from python", said.readLine());
            assertEquals(
                    Message.utf8("from python"),
                    subscription.receive(patience()).orElseThrow());
            assertEquals(2, publication.publish(Message.utf8("from java").asByteBuffer()));
            assertEquals("from java", said.readLine());
        }
    }

    @Test
    void pythonReadsAndAddsToStreams() throws Exception {
        String python3 = Required.pythonWith("redis");
        Address orders = Address.parse("redis-stream://127.0.0.1:" + server.port() + "/orders");
        RedisStreamTransport streams = new RedisStreamTransport();
        try (Subscription subscription = streams.subscribe(orders);
                Publication publication = streams.publish(orders)) {
            publication.publish(Message.utf8("one").asByteBuffer());
            Process python = run(
                    python3,
                    "-c",
                    """
                    import redis, sys
                    r = redis.Redis(port=int(sys.argv[1]))
                    r.xadd('orders', {'message': 'two'})
                    for id, fields in r.xrange('orders'):
                        print(fields[b'message'].decode(), flush=True)
                    """,
                    String.valueOf(server.port()));
            BufferedReader said = output(python);

            assertEquals("one", said.readLine());
            assertEquals("two", said.readLine());
            assertTrue(python.waitFor(20, TimeUnit.SECONDS));
            assertEquals(Message.utf8("one"), subscription.receive(patience()).orElseThrow());
            assertEquals(Message.utf8("two"), subscription.receive(patience()).orElseThrow());
        }
    }

    @Test
    void theServersOwnClientSubscribesPublishesAndWatches() throws Exception {
        Required.program("redis-cli");
        String port = String.valueOf(server.port());
        try (Subscription subscription = redis.subscribe(news);
                Publication publication = redis.publish(news)) {
            BufferedReader subscribed = output(run("redis-cli", "-p", port, "SUBSCRIBE", "news"));
            BufferedReader watched = output(run("redis-cli", "-p", port, "MONITOR"));
            assertEquals("OK", watched.readLine());
            assertTrue(publication.awaitSubscribers(2, patience()));

            run("redis-cli", "-p", port, "PUBLISH", "news", "from redis-cli");
            assertEquals(
                    Message.utf8("from redis-cli"),
                    subscription.receive(patience()).orElseThrow());
            publication.publish(Message.utf8("from java").asByteBuffer());

            awaitLine(subscribed, "from java");
            awaitLine(watched, "\"PUBLISH\" \"news\" \"from java\"");
        }
    }

    private static void awaitLine(BufferedReader said, String wanted) throws IOException {
        String line = said.readLine();
        while (line != null && !line.contains(wanted)) {
            line = said.readLine();
        }
        assertTrue(line != null, "it has never said " + wanted);
    }

    private Process run(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        processes.add(process);
        return process;
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
