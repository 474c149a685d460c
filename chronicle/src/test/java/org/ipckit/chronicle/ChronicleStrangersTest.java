package org.ipckit.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.Connection;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.Message;
import org.ipckit.transport.TransportException;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.LeaseListener;
import org.ipckit.transport.spi.SocketFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who greets in another way, or answers something else, is told so; nothing is made for it. */
@Timeout(120)
class ChronicleStrangersTest extends ChronicleFixture {

    @Test
    void aGreetingThatIsNotOursIsRefused() {
        listener = transport.listen(address());

        AccessDeniedException refused = assertThrows(
                AccessDeniedException.class,
                () -> Lease.connect(address(), SocketFile.of(address()), Message.utf8("ipckit-jsonfile/1"), SOON));

        assertTrue(refused.getMessage().contains("ipckit-chronicle/1"), refused.getMessage());
        assertTrue(Files.notExists(folder.resolve("c.connections")));
    }

    @Test
    void anAnswerThatIsNotOursIsNotUnderstood() {
        answering("come in");

        assertThrows(CorruptMessageException.class, () -> transport.connect(address(), SOON));
    }

    @Test
    void aConnectionThatIsTakenBackCannotBeMade() {
        answering("7 1 1");

        TransportException refused =
                assertThrows(ConnectFailedException.class, () -> transport.connect(address(), SOON));

        assertTrue(refused.getMessage().contains("taken the connection back"), refused.getMessage());
    }

    @Test
    void aConnectionThatTheListenerHasLeftAlreadyStillHasItsLastWords() {
        listener = transport.listen(address());
        for (int i = 0; i < 20; i++) {
            near = transport.connect(address(), SOON);
            far = listener.accept(SOON).orElseThrow();
            far.send(Message.utf8("last words"));
            far.close();

            assertEquals("last words", next(near));

            near.close();
        }
    }

    private void answering(String answer) {
        listener = LeaseListener.listen(address(), SocketFile.of(address()), hello -> new LeaseListener.Welcome() {
            @Override
            public Message answer() {
                return Message.utf8(answer);
            }

            @Override
            public Connection connection(Lease lease) {
                throw new UnsupportedOperationException("nobody stays");
            }

            @Override
            public void close() {
                // Nothing was prepared.
            }
        });
    }
}
