package org.ipckit.demos.sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.ipckit.demos.Lesson;

/** Sends every byte back, with nothing but the sockets of the system: no frames, no key, no messages. */
public final class EchoServer {

    private EchoServer() {}

    public static void main(String[] args) throws IOException {
        Lesson.of("EchoServer");
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 6001;

        try (ServerSocket listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
            System.out.println("echoing at port " + listening.getLocalPort());
            while (true) {
                Socket client = listening.accept();
                new Thread(() -> echo(client), "client").start();
            }
        }
    }

    private static void echo(Socket client) {
        try (client) {
            // What comes in one read is whatever has arrived: half a line, or three. A stream has no messages.
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
