package org.ipckit.demos.mistakes;

import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.redis.RedisStreamTransport;
import org.ipckit.redis.RedisTransport;
import org.ipckit.transport.Address;
import org.ipckit.transport.BroadcastTransport;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;
import org.ipckit.transport.Subscription;

/** Publishes, then subscribes: to a channel, and to a stream. */
public final class LateSubscriber {

    private LateSubscriber() {}

    public static void main(String[] args) {
        String server = "embedded/news?folder=" + Path.of("").toAbsolutePath();
        show(new RedisTransport(), Address.parse("redis://" + server), Address.parse("redis://" + server));
        Address stream = Address.parse("redis-stream://" + server);
        show(new RedisStreamTransport(), stream, stream.withOption("from", "start"));
    }

    private static void show(BroadcastTransport transport, Address published, Address subscribed) {
        try (Publication publication = transport.publish(published)) {
            int receivers = publication.publish(Message.utf8("early").asByteBuffer());
            try (Subscription subscription = transport.subscribe(subscribed)) {
                publication.publish(Message.utf8("late").asByteBuffer());

                System.out.print(published.scheme() + ": 'early' was handed to "
                        + (receivers < 0 ? "the server" : receivers + " subscribers") + "; came:");
                for (String came = ""; !came.equals("late"); ) {
                    came = subscription
                            .receive(Duration.ofSeconds(10))
                            .orElseThrow()
                            .toUtf8();
                    System.out.print(" '" + came + "'");
                }
                System.out.println();
            }
        }
    }
}
