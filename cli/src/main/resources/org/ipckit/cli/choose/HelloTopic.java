import java.time.Duration;
import org.ipckit.transport.*;

public class HelloTopic {
    public static void main(String[] args) {
        Address topic = Address.parse("redis://embedded/hello");
        BroadcastTransport transport = Transports.registry().broadcast(topic);
        if (args[0].equals("alice")) {
            try (Subscription subscription = transport.subscribe(topic)) {
                System.out.println(subscription.receive(Duration.ofMinutes(1)).orElseThrow().toUtf8());
            }
        } else {
            try (Publication publication = transport.publish(topic)) {
                publication.awaitSubscribers(1, Duration.ofSeconds(30));
                publication.publish(Message.utf8("Hello, all").asByteBuffer());
            }
        }
    }
}
