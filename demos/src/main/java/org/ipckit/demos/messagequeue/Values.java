package org.ipckit.demos.messagequeue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import org.ipckit.demos.Lesson;

/** Keeps a value in the same server: not a message, but a state, there for whoever asks later. */
public final class Values {

    private Values() {}

    public static void main(String[] args) throws IOException {
        Lesson.of("Values");
        SocketAddress place =
                args.length > 0 ? UnixDomainSocketAddress.of(args[0]) : new InetSocketAddress("localhost", 6379);

        // Redis understands lines of text, so that a program needs nothing but a socket, and a person nothing but nc.
        try (SocketChannel server = SocketChannel.open(place);
                BufferedReader answers = new BufferedReader(Channels.newReader(server, UTF_8))) {
            for (String command : new String[] {"SET my_key blue", "GET my_key", "DEL my_key"}) {
                server.write(ByteBuffer.wrap((command + "\r\n").getBytes(UTF_8)));
                System.out.println(command + " -> " + answer(answers));
            }
        }
    }

    /** The first letter says what comes: +text, :number, or $ and the length of the next line. */
    private static String answer(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        return line.startsWith("$") ? answers.readLine() : line.substring(1);
    }
}
