package org.ipckit.transport.spi;

import static java.time.Duration.ofMillis;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.Waits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two sides greet each other at a socket file, and strangers are sent away from it. */
@Timeout(120)
class LeaseMeetingTest extends LeaseFixture {

    @Test
    void aListenerRefusesWithASentence() {
        listen();

        AccessDeniedException refused = assertThrows(AccessDeniedException.class, () -> connect("go away"));

        assertEquals("connect to " + address + ": the listener refuses: we are full", refused.getMessage());
        assertEquals("you said please", connect("please").answer().toUtf8());
    }

    @Test
    void bothSidesGreetEachOtherBeforeAnybodyAccepts() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        assertEquals("you said hello", client.answer().toUtf8());

        Lease accepted = accept(listener);

        assertFalse(client.peerGone());
        assertFalse(accepted.peerGone());
        assertEquals(Optional.empty(), client.ending());
        assertEquals(PrivateFiles.uid(), accepted.peer().orElseThrow().uid().orElseThrow());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void aHelloHasAtMost256Bytes() {
        listen();

        assertEquals(9 + 247, connect("x".repeat(247)).answer().size());
        assertThrows(IllegalArgumentException.class, () -> connect("x".repeat(257)));
    }

    @Test
    void aStrangerWhoAnnouncesMoreIsSentAway() throws Exception {
        listen();
        SocketChannel stranger = using(SocketFile.connect(address, file));
        stranger.write(ByteBuffer.allocate(4).putInt(0, 257));

        eventually("it is sent away", () -> UnixPlace.read(stranger) < 0);
        connect("hello");
    }

    @Test
    void whatWasPreparedForOneWhoDoesNotStayIsGivenBack() throws Exception {
        LeaseListener listener = listen();
        connect("never accepted");
        assertEquals(1, prepared.get());

        listener.close();

        assertEquals(0, prepared.get());
        assertFalse(Files.exists(file));
        assertEquals(0, files());
    }

    @Test
    void oneListensAtATimeAndItsFileGoesWithIt() throws Exception {
        LeaseListener first = listen();
        assertThrows(AddressInUseException.class, this::listen);
        first.close();
        assertEquals(0, files());
        listen();
    }

    @Test
    void nobodyThereIsAFailureAfterItsTimeAndTooLongAPathAtOnce() {
        assertThrows(ConnectFailedException.class, () -> Lease.connect(address, file, Message.of(), ofMillis(20)));
        Path far = folder.resolve("x".repeat(107));
        assertThrows(InvalidAddressException.class, () -> Lease.connect(address, far, Message.of(), Waits.FOREVER));
        assertThrows(InvalidAddressException.class, () -> LeaseListener.listen(address, far, this::welcome));
    }

    @Test
    void whoCannotRemoveWhatIsLeftGivesTheAddressBack() {
        MechanismException refused = assertThrows(
                MechanismException.class,
                () -> LeaseListener.listen(address, file, this::welcome, () -> {
                    throw new IOException("stuck");
                }));

        assertTrue(refused.getMessage().contains("stuck"), refused.getMessage());
        listen();
    }
}
