package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.testkit.ConnectedTest;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Message;

/** A listener in the folder of a test, and both ends of a connection to it, as far as the test opens them. */
abstract class ChronicleFixture extends ConnectedTest {

    ChronicleFixture() {
        super(new ChronicleTransport());
    }

    Address address() {
        return Address.parse("chronicle://" + folder.resolve("c"));
    }

    /** Returns the folder of the queue to the listener of the first connection. */
    Path toListener(int number) {
        return folder.resolve("c.connections/1/to-listener").resolve(String.valueOf(number));
    }

    static String next(Connection connection) {
        return connection.receive(SOON).map(Message::toUtf8).orElse("nothing");
    }

    /** Returns the files with messages in the folder of a queue, in order. */
    static List<Path> messageFiles(Path queue) throws IOException {
        try (Stream<Path> files = Files.list(queue)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }
}
