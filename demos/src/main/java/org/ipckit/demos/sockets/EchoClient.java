package org.ipckit.demos.sockets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.ipckit.demos.Lesson;

/** Sends one line to the echo server, and prints what comes back. */
public final class EchoClient {

    private EchoClient() {}

    public static void main(String[] args) throws IOException {
        Lesson.of("EchoClient");
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 6001;
        String text = args.length > 1 ? args[1] : "hello";

        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            server.getOutputStream().write(text.getBytes(UTF_8));
            server.shutdownOutput(); // the only way to say that this was all
            System.out.println(new String(server.getInputStream().readAllBytes(), UTF_8));
        }
    }
}
