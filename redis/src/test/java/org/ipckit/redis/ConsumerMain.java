package org.ipckit.redis;

import java.util.concurrent.CountDownLatch;
import org.ipckit.transport.Address;
import org.ipckit.transport.Subscription;

/** A process that receives five messages, says what they are, and then hangs. */
final class ConsumerMain {

    private static final int MESSAGES = 5;

    private ConsumerMain() {}

    public static void main(String[] args) throws InterruptedException {
        try (Subscription subscription = new RedisStreamTransport().subscribe(Address.parse(args[0]))) {
            for (int i = 0; i < MESSAGES; i++) {
                System.out.println(subscription
                        .receive(java.time.Duration.ofSeconds(20))
                        .orElseThrow()
                        .toUtf8());
            }
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }
}
