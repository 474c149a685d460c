package org.ipckit.sockets;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;

/** Sends numbered messages both ways at once and compares each; its main is that in a JVM of its own. */
final class TlsLoad {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int[] SIZES = {8, 100, 16_384, 1000, 70_000, 9};

    private TlsLoad() {}

    public static void main(String[] arguments) throws Exception {
        bothWays(Path.of(arguments[0]), Path.of(arguments[1]), arguments[2], Integer.parseInt(arguments[3]));
        System.out.println("all " + arguments[3] + " came both ways");
    }

    static void bothWays(Path keyStore, Path trustStore, String protocol, int count) throws Exception {
        TlsTransport transport = new TlsTransport(TestKeys.context(keyStore, trustStore));
        Address address = Address.parse("tls://127.0.0.1:0?protocols=" + protocol);
        try (Listener listener = transport.listen(address);
                Connection connection = transport.connect(listener.address(), SOON);
                Connection accepted = listener.accept()) {
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (Connection each : List.of(connection, accepted)) {
                threads.add(run(() -> send(each, count)));
                threads.add(run(() -> receive(each, count)));
            }
            CompletableFuture<Void> failed = new CompletableFuture<>();
            for (CompletableFuture<Void> each : threads) {
                each.exceptionally(failure -> {
                    failed.completeExceptionally(failure);
                    return null;
                });
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new));
            CompletableFuture.anyOf(all, failed).join();
        }
    }

    private static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task, each -> {
            Thread thread = new Thread(each);
            thread.setDaemon(true);
            thread.start();
        });
    }

    private static void send(Connection connection, int count) {
        for (int number = 0; number < count; number++) {
            connection.send(message(number));
        }
        connection.flush();
    }

    private static void receive(Connection connection, int count) {
        for (int number = 0; number < count; number++) {
            Message came = connection.receive(SOON).orElseThrow(() -> new AssertionError("no message came"));
            if (!came.equals(message(number))) {
                throw new AssertionError("message " + number + " of " + count + " is another one");
            }
        }
    }

    private static Message message(int number) {
        byte[] bytes = new byte[SIZES[number % SIZES.length]];
        new Random(number).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(number);
        return Message.of(bytes);
    }
}
