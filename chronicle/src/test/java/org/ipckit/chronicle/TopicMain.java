package org.ipckit.chronicle;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.ipckit.testkit.Eventually;
import org.ipckit.transport.Address;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;

/** A process that publishes without end, or that receives five messages, says what they are, and then waits. */
final class TopicMain {

    private static final int MESSAGES = 5;

    private TopicMain() {}

    public static void main(String[] args) {
        ChronicleQueueTransport topics = new ChronicleQueueTransport();
        Address address = Address.parse(args[1]);
        if (args[0].equals("publish")) {
            publish(topics.publish(address));
        } else {
            receive(topics.subscribe(address));
        }
    }

    private static void publish(Publication publication) {
        ByteBuffer message = ByteBuffer.allocate(30_000);
        for (int i = 0; i < Integer.MAX_VALUE; i++) {
            publication.publish(message.putInt(0, i));
            if (i == 100) {
                System.out.println("publishing");
            }
        }
    }

    private static void hang() {
        System.out.println("in the handler");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void receive(Subscription subscription) {
        for (int i = 0; i < MESSAGES; i++) {
            System.out.println(
                    subscription.receive(Eventually.patience()).orElseThrow().toUtf8());
        }
        subscription.poll(last -> hang(), 1);
    }
}
