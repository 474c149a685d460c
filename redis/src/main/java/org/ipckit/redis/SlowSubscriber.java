package org.ipckit.redis;

import java.io.IOException;
import java.util.List;
import org.ipckit.transport.spi.Deadline;

/** What happens to one who does not read what it is subscribed to. */
final class SlowSubscriber {

    /** The end of a sentence, after "or". */
    static final String EXPLANATION =
            "it read too slowly: the server ends the connection of a subscriber for whom more waits than"
                    + " client-output-buffer-limit allows (by default 32 MB, or 8 MB for 60 s; CONFIG SET"
                    + " client-output-buffer-limit \"pubsub 256mb 64mb 60\" allows more)";

    private SlowSubscriber() {}

    /** Returns the server's limit in its own words, for instance {@code pubsub 33554432 8388608 60}. */
    static String limitOf(Session session, Deadline deadline) {
        try {
            Object answer = session.ask(deadline, "CONFIG", "GET", "client-output-buffer-limit");
            if (answer instanceof List<?> nameAndValue && nameAndValue.size() == 2) {
                String all = RespValues.text(nameAndValue.get(1));
                int own = all.indexOf("pubsub ");
                return own < 0 ? all : all.substring(own);
            }
            return "unknown";
        } catch (IOException notForUs) {
            return "unknown: " + notForUs.getMessage();
        }
    }
}
