package org.ipckit.demos.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.ipckit.demos.Lesson;
import org.ipckit.sockets.PythonClient;
import org.ipckit.sockets.PythonConnection;
import org.ipckit.transport.Message;

/** Asks Alice for a product, and tells her to stop. */
public final class Bob {

    private static final byte[] KEY = "Do not let eve find us!".getBytes(UTF_8);

    private Bob() {}

    public static void main(String[] args) {
        Lesson.of("Bob");
        String place = args.length > 0 ? args[0] : "tcp://localhost:6000";

        // Alice answers one request per connection, so each has its own.
        try (PythonConnection alice = PythonClient.connect(place, KEY)) {
            Lesson.step("connected to %s; each has proved to have the key, and neither has sent it", alice.address());
            alice.send(List.of(8, 8));
            System.out.println("What is 8 * 8? Why Alice told me it's " + alice.receive());
        }
        try (PythonConnection alice = PythonClient.connect(place, KEY)) {
            alice.send(Message.utf8("stop server"));
            Lesson.step("sent the bytes 'stop server'");
        }
    }
}
