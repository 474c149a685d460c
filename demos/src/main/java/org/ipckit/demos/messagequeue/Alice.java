package org.ipckit.demos.messagequeue;

import java.time.Duration;
import org.ipckit.demos.Lesson;
import org.ipckit.redis.RedisTransport;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.Subscription;

/** Subscribes to a channel of a Redis server and prints what is published there. */
public final class Alice {

    private Alice() {}

    public static void main(String[] args) throws InterruptedException {
        Lesson.of("Alice");
        Address channel = Address.parse(args.length > 0 ? args[0] : "redis://localhost:6379/my_channel");

        Subscription subscription = new RedisTransport().subscribe(channel);
        Lesson.step("SUBSCRIBE my_channel; the server has confirmed it");

        Thread listener = new Thread(() -> printAll(subscription), "listener");
        listener.setDaemon(true);
        listener.start();
        Lesson.atEnd(subscription::close); // unsubscribes, and the thread ends

        listener.join(Lesson.shortened(Duration.ofSeconds(1000)).toMillis()); // or until Ctrl+C
    }

    private static void printAll(Subscription subscription) {
        try {
            while (true) {
                subscription.receive(Duration.ofSeconds(1)).ifPresent(message -> System.out.println(message.toUtf8()));
            }
        } catch (ConnectionClosedException ended) {
            Lesson.step("UNSUBSCRIBE: %s", ended.by());
        }
    }
}
