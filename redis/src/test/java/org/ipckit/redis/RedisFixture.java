package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.patience;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.ipckit.transport.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Servers of a test's own, and both ends of a connection or of a topic, as far as the test opens them. */
abstract class RedisFixture {

    final RedisTransport redis = new RedisTransport();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @TempDir
    Path folder;

    TestServer server;

    Listener listener;
    Connection client;
    Connection accepted;

    Subscription subscription;
    Publication publication;

    /** Starts a server, the one that is meant from now on. */
    TestServer start(String... settings) {
        server = closing(TestServer.start(settings));
        return server;
    }

    /** Has something closed after the test; what came last comes first. */
    <T extends AutoCloseable> T closing(T resource) {
        open.push(resource);
        return resource;
    }

    /** Opens both ends of a connection. */
    void connect(Address address) {
        connect(redis, address);
    }

    /** Opens both ends of a connection over another scheme. */
    void connect(Transport transport, Address address) {
        listener = closing(transport.listen(address));
        client = closing(transport.connect(address, patience()));
        accepted = closing(listener.accept(patience()).orElseThrow());
    }

    /** Opens both sides of a topic. */
    void openTopic(Address address) {
        subscription = closing(redis.subscribe(address));
        publication = closing(redis.publish(address));
    }

    /** Publishes; returns how many have received it. */
    int publish(String text) {
        return publish(publication, text);
    }

    static int publish(Publication to, String text) {
        return to.publish(Message.utf8(text).asByteBuffer());
    }

    static String received(Subscription from) {
        return from.receive(patience()).orElseThrow().toUtf8();
    }

    static String received(Connection from) {
        return from.receive(patience()).orElseThrow().toUtf8();
    }

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
        EmbeddedServer.in(folder).stop();
    }
}
