package org.ipckit.chronicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ipckit.testkit.Eventually;
import org.ipckit.testkit.Required;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the files of a connection: they are rolled, removed, inherited, damaged, and the disk gets full. */
@Timeout(120)
class ChronicleFilesTest extends ChronicleFixture {

    @Test
    void filesThatAreReadAreRemovedWhileTheConnectionLives() throws Exception {
        open(address().withOption("roll", "64KiB"));
        byte[] message = new byte[10_000];
        for (int i = 0; i < 60; i++) {
            message[0] = (byte) i;
            near.send(ByteBuffer.wrap(message));
        }
        int unread = messageFiles(toListener(1)).size();

        for (int i = 0; i < 60; i++) {
            assertEquals(i, far.receive(SOON).orElseThrow().asByteBuffer().get(0));
        }

        assertTrue(unread > 4, unread + " files");
        assertEquals(1, messageFiles(toListener(1)).size());
        near.send(Message.utf8("and on"));
        assertEquals("and on", next(far));
    }

    @Test
    void messagesOfTheLargestSizeFitWhereverTheyBegin() {
        open(address());
        ByteBuffer largest = ByteBuffer.allocateDirect(Queues.LARGEST_MESSAGE);
        for (int i = 0; i < 12; i++) {
            largest.putInt(0, i).putInt(largest.capacity() - 4, i);
            near.send(largest);
            Message came = far.receive(SOON).orElseThrow();
            assertEquals(largest.capacity(), came.size());
            assertEquals(i, came.asByteBuffer().getInt(0));
            assertEquals(i, came.asByteBuffer().getInt(came.size() - 4));
        }
    }

    @Test
    void messagesOfPaddingAreWhatTheyAre() {
        open(address());
        for (int size = 0; size < 10; size++) {
            byte[] padding = new byte[size];
            Arrays.fill(padding, Padding.BYTE);
            near.send(Message.of(padding));
            assertEquals(Message.of(padding), far.receive(SOON).orElseThrow());
        }
    }

    @Test
    void whatIsUnreadComesFirstInTheNextConnectionsAndNothingTwice() throws Exception {
        open(address());
        for (int i = 0; i < 5; i++) {
            near.send(Message.utf8("message " + i));
        }
        far.send(Message.utf8("to the client"));
        assertEquals("message 0", next(far));
        close();

        open(address());
        near.send(Message.utf8("new"));
        assertEquals("to the client", next(near));
        assertEquals("message 1", next(far));
        close();

        open(address());
        for (String expected : List.of("message 2", "message 3", "message 4", "new")) {
            assertEquals(expected, next(far));
        }
        assertTrue(far.receive(SHORT).isEmpty());
        assertTrue(near.receive(SHORT).isEmpty());
        assertFalse(Files.exists(toListener(1)));
        close();
        assertFalse(Files.exists(folder.resolve("c.connections")));
    }

    @Test
    void aDamagedQueueOfTheDeadIsKeptAsideAndNobodyIsHeldUp() throws Exception {
        open(address());
        near.send(Message.utf8("never read"));
        close();
        Path file = messageFiles(toListener(1)).get(0);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 300));

        open(address());

        near.send(Message.utf8("hello"));
        assertEquals("hello", next(far));
        assertTrue(Files.exists(toListener(1).resolveSibling("1.damaged")));
    }

    @Test
    void aFullDiskIsAnErrorAndWhatWasAcceptedArrives() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        Required.that(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString()) == 0,
                "this user may not mount a small tmpfs");
        try {
            fillUp(Address.parse("chronicle://" + small.resolve("c")));
        } finally {
            close();
            assertEquals(List.of(), filesIn(small));
            Eventually.eventually("unmounting", () -> run("umount", small.toString()) == 0);
        }
    }

    private void fillUp(Address inSmall) {
        open(inSmall);
        ByteBuffer message = ByteBuffer.allocate(100_000);
        int accepted = 0;
        MechanismException full = null;
        while (full == null) {
            try {
                near.send(message.putInt(0, accepted));
                accepted++;
            } catch (MechanismException refused) {
                full = refused;
            }
        }

        assertTrue(full.getMessage().contains("the disk is full"), full.getMessage());
        assertTrue(full.getMessage().contains("message of 100000 bytes"), full.getMessage());
        assertTrue(accepted > 10, "accepted: " + accepted);
        for (int i = 0; i < accepted; i++) {
            assertEquals(i, far.receive(SOON).orElseThrow().asByteBuffer().getInt(0));
        }
        assertTrue(near.isOpen());
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        for (String option : List.of("roll=1", "roll=daily", "max-message=17MiB", "wait=never", "consumer=c")) {
            assertThrows(
                    InvalidAddressException.class,
                    () -> transport.capabilities(Address.parse("chronicle://c?" + option)),
                    option);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException absent) {
            return -1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
