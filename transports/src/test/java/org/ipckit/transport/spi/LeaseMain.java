package org.ipckit.transport.spi;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Message;

/** Another process with a lease: {@code FILE HELLO}; does what it is told line by line. */
final class LeaseMain {

    private LeaseMain() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Lease lease = Lease.connect(
                Address.parse("test://" + file), file, Message.utf8(arguments[1]), Duration.ofSeconds(30));
        ThreadSleeper rung = new ThreadSleeper();
        System.out.println("answer " + lease.answer().toUtf8());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "ring" -> lease.ring();
                case "listen" -> {
                    lease.wakes(rung);
                    rung.sleep(0);
                }
                case "sleep" -> rung.sleep(Long.MAX_VALUE);
                case "gone" -> {
                    while (!lease.peerGone()) {
                        rung.sleep(Long.MAX_VALUE);
                    }
                    System.out.print(lease.ending().orElseThrow().kind() + " ");
                }
                case "close" -> lease.close();
                default -> throw new IllegalArgumentException(line);
            }
            System.out.println("done");
        }
    }
}
