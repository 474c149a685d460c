package org.ipckit.redis;

import static org.ipckit.testkit.Eventually.eventually;
import static org.ipckit.testkit.Eventually.patience;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are found by asking others. */
@Timeout(120)
class ManyServersTest {

    private static final int SLOTS = 16384;

    private final RedisTransport redis = new RedisTransport();

    @TempDir
    private Path folder;

    @Test
    void theNodeOfAClusterIsTheOneThatHasTheChannelsSlot() {
        try (TestServer low = TestServer.start("--cluster-enabled", "yes");
                TestServer high = TestServer.start("--cluster-enabled", "yes")) {
            low.addSlots(0, SLOTS / 2);
            high.addSlots(SLOTS / 2, SLOTS);
            low.ask("CLUSTER", "MEET", "127.0.0.1", high.port());
            for (TestServer each : List.of(low, high)) {
                eventually("the cluster to work", () -> RespValues.text(each.ask("CLUSTER", "INFO"))
                        .contains("cluster_state:ok"));
            }
            // "a" has a slot of the upper half, "b" one of the lower.
            for (String channel : List.of("a", "b")) {
                Address address = Address.parse("redis://127.0.0.1:" + low.port() + ",127.0.0.1:" + high.port() + "/"
                        + channel + "?cluster=true");
                requireWorking(address);
                try (Subscription subscription = redis.subscribe(address);
                        Publication publication = redis.publish(address)) {
                    assertEquals(1, publication.publish(Message.utf8("x").asByteBuffer()));
                    assertEquals(
                            Message.utf8("x"), subscription.receive(patience()).orElseThrow());
                }
            }
        }
    }

    @Test
    void aSentinelSaysWhichServerIsTheMaster() throws IOException {
        int port = TestServer.freePort();
        try (TestServer master = TestServer.start()) {
            Path settings = Files.writeString(
                    folder.resolve("sentinel.conf"),
                    "port " + port + "\nbind 127.0.0.1\ndir " + folder + "\nsentinel monitor orders-master 127.0.0.1 "
                            + master.port() + " 1\n");
            Path own = Files.createDirectory(folder.resolve("own"));
            Address address = Address.parse("redis://127.0.0.1:" + port + "/orders?sentinel=orders-master");
            try (ServerProcess sentinel = ServerProcess.start(
                    own,
                    folder.resolve("name"),
                    new RedisBinary().find(own),
                    List.of(settings.toString(), "--sentinel"))) {
                assertTrue(sentinel.pid() > 0);
                eventually("the sentinel to answer", () -> {
                    try {
                        requireWorking(address);
                        return true;
                    } catch (ConnectFailedException notYet) {
                        return false;
                    }
                });
                ConnectFailedException unknown = assertThrows(
                        ConnectFailedException.class,
                        () -> redis.connect(address.withOption("sentinel", "another"), Duration.ZERO));
                assertTrue(unknown.getMessage().contains("no master 'another'"), unknown.getMessage());
            }
        }
    }

    @Test
    void aServerThatASentinelNamesAndThatIsNoMasterIsNotUsed() throws Exception {
        try (TestServer replica = TestServer.start("--replicaof", "127.0.0.1", "1");
                ServerSocket late = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String answer = "*2\r\n$9\r\n127.0.0.1\r\n$"
                    + String.valueOf(replica.port()).length() + "\r\n" + replica.port() + "\r\n";
            Thread sentinel = new Thread(() -> {
                try {
                    while (true) {
                        try (Socket client = late.accept()) {
                            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                            client.getInputStream().readAllBytes();
                        }
                    }
                } catch (IOException closed) {
                    return;
                }
            });
            sentinel.start();
            Address address = Address.parse("redis://127.0.0.1:" + late.getLocalPort() + "/orders?sentinel=m");

            ConnectFailedException refused =
                    assertThrows(ConnectFailedException.class, () -> redis.connect(address, Duration.ZERO));

            assertTrue(refused.getMessage().contains("there is no master now"), refused.getMessage());
        }
    }

    private void requireWorking(Address address) {
        try (Listener listener = redis.listen(address);
                Connection client = redis.connect(address, patience());
                Connection accepted = listener.accept(patience()).orElseThrow()) {
            client.send(Message.utf8("hello"));
            assertEquals(Message.utf8("hello"), accepted.receive(patience()).orElseThrow());
        }
    }
}
