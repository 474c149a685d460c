package org.ipckit.demos.messagequeue;

import org.ipckit.demos.Lesson;
import org.ipckit.redis.RedisTransport;
import org.ipckit.transport.Address;
import org.ipckit.transport.Message;
import org.ipckit.transport.Publication;

/** Publishes one message to a channel of a Redis server. */
public final class Bob {

    private Bob() {}

    public static void main(String[] args) {
        Lesson.of("Bob");
        Address channel = Address.parse(args.length > 0 ? args[0] : "redis://localhost:6379/my_channel")
                .withOption("sequence", "false"); // the message alone, and no count of it beside

        try (Publication publication = new RedisTransport().publish(channel)) {
            int receivers = publication.publish(Message.utf8("example data").asByteBuffer());
            // 0 if nobody is subscribed: then the message is lost, and that is no error.
            Lesson.step("PUBLISH my_channel \"example data\": %d received it", receivers);
        }
    }
}
