package org.ipckit.demos.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.ipckit.demos.Lesson;
import org.ipckit.sockets.PythonConnection;
import org.ipckit.sockets.PythonListener;
import org.ipckit.transport.CodecException;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;

/** Listens at a socket and multiplies for whoever has the key. */
public final class Alice {

    private static final byte[] KEY = "Do not let eve find us!".getBytes(UTF_8);
    private static final Message STOP = Message.utf8("stop server");
    private static final Message NO_IDEA = Message.utf8("I have no idea what you want me to do");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Alice() {}

    public static void main(String[] args) {
        Lesson.of("Alice");
        String place = args.length > 0 ? args[0] : "tcp://localhost:6000";

        try (PythonListener listener = PythonListener.listen(place, KEY)) {
            Lesson.atEnd(listener::close);
            Lesson.step("listening at %s", listener.address());
            boolean stopped = false;
            while (!stopped) {
                System.out.println("waiting for someone to ask for something");
                // Who does not have the key never gets as far as this.
                try (PythonConnection client = listener.accept()) {
                    stopped = answer(client);
                } catch (TransportException | CodecException badClient) {
                    // Gone before asking, or no pickle of plain values: no reason to leave the others alone.
                    System.err.println("Alice: " + badClient.getMessage());
                }
            }
        }
    }

    /** Answers one request; returns true if it was the last. */
    private static boolean answer(PythonConnection client) {
        if (!client.hasNext(Lesson.shortened(PATIENCE))) {
            System.err.println("Alice: a client asks for nothing and is sent away");
            return false;
        }
        Object request = client.receive();
        Lesson.step("received %s", request);
        if (request instanceof List<?> numbers && product(numbers) != null) {
            System.out.println("Someone wants me to do something");
            client.send(product(numbers));
        } else if (STOP.equals(request)) {
            System.out.println("Goodnight");
            return true;
        } else {
            client.send(NO_IDEA);
        }
        return false;
    }

    /** Returns the product of the first two, null if they are not two numbers. */
    static Number product(List<?> numbers) {
        if (numbers.size() < 2
                || !(numbers.get(0) instanceof Number first)
                || !(numbers.get(1) instanceof Number second)) {
            return null;
        }
        if (first instanceof Double || second instanceof Double) {
            return first.doubleValue() * second.doubleValue();
        }
        return new BigInteger(first.toString()).multiply(new BigInteger(second.toString())); // exact, as in Python
    }
}
