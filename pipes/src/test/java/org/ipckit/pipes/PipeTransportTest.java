package org.ipckit.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeTransportTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final PipeTransport transport = new PipeTransport();

    @TempDir
    private Path folder;

    private Address at(String name, String options) {
        return Address.parse("pipe://" + folder.resolve(name) + options);
    }

    @Test
    void messagesGoBothWaysAndNothingIsLeft() throws IOException {
        try (Listener listener = transport.listen(at("p", ""));
                Connection connection = transport.connect(at("p", ""), SOON);
                Connection accepted = listener.accept()) {
            connection.send(Message.utf8("there"));
            assertEquals(Message.utf8("there"), accepted.receive());
            accepted.send(Message.utf8("and back"));
            assertEquals(Message.utf8("and back"), connection.receive());
            assertEquals(List.of("p", "p.owner", "p.pairs"), files());
        }
        assertEquals(List.of(), files());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> !file.equals(folder))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aRegularFileIsNeverTouched() throws IOException {
        Files.writeString(folder.resolve("p"), "precious");

        AddressInUseException refused = assertThrows(AddressInUseException.class, () -> transport.listen(at("p", "")));
        ConnectFailedException notAFifo =
                assertThrows(ConnectFailedException.class, () -> transport.connect(at("p", ""), SOON));

        assertTrue(refused.getMessage().contains("is not a FIFO and is left alone"), refused.getMessage());
        assertTrue(notAFifo.getMessage().contains("is not a FIFO"), notAFifo.getMessage());
        assertEquals("precious", Files.readString(folder.resolve("p")));
        assertEquals(List.of("p"), files());
    }
}
