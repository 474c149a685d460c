package org.ipckit.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who waits for a message, for room or for the lock does so without work, and goes on. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsonFileWaitingTest extends JsonFileFixture {

    @ParameterizedTest
    @ValueSource(strings = {"events", "poll"})
    void aMessageIsNoticedHoweverChangesAreNoticed(String notice) throws Exception {
        open(address().withOption("notice", notice));
        Thread echo = new Thread(() -> {
            for (int round = 0; round < 50; round++) {
                far.send(far.receive(SOON).orElseThrow());
            }
        });
        echo.start();

        for (int round = 0; round < 50; round++) {
            near.send(Message.utf8("round " + round));
            assertEquals("round " + round, near.receive(SOON).orElseThrow().toUtf8());
        }

        echo.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "poll"})
    void whoWaitsUsesNextToNoProcessorTime(String notice) {
        open(address().withOption("notice", notice));
        assertEquals(Optional.empty(), near.receive(SHORT));
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();

        assertEquals(Optional.empty(), near.receive(Duration.ofSeconds(1)));

        long used = threads.getCurrentThreadCpuTime() - before;
        assertTrue(used < 200_000_000, "used " + used + " ns in a second");
    }

    @Test
    void noMoreThan64MessagesWait() {
        open(address());
        for (int count = 0; count < Lane.MOST_MESSAGES; count++) {
            assertTrue(near.offer(ByteBuffer.allocate(1), SOON));
        }

        assertFalse(near.offer(ByteBuffer.allocate(1), SHORT));
        assertTrue(far.receive(SOON).isPresent());
        assertTrue(far.offer(ByteBuffer.allocate(1), SOON), "which says that one was read");

        assertTrue(near.offer(ByteBuffer.allocate(1), SOON));
    }

    @Test
    void noMoreThan4MebibytesWait() {
        open(address());
        for (int count = 0; count < 4; count++) {
            assertTrue(near.offer(ByteBuffer.allocate(1 << 20), SOON));
        }

        assertFalse(near.offer(ByteBuffer.allocate(1), SHORT));
    }

    @Test
    void theLargestMessageNeedsNoReceiverWhoCallsAgain() {
        open(address().withOption("max-message", "2MiB"));
        for (int size : new int[] {1, 10, 2 << 20, 3, 2 << 20, 2 << 20}) {
            assertTrue(near.offer(ByteBuffer.allocate(size), SOON), size + " bytes");
            assertEquals(size, far.receive(SOON).orElseThrow().size());
        }
    }

    @Test
    void messagesOfMoreThanHalfOfWhatMayWaitAreRefused() {
        assertThrows(
                InvalidAddressException.class,
                () -> transport.capabilities(address().withOption("max-message", "3MiB")));
    }

    @Test
    void whileAToolHoldsTheLockNothingMovesAndNothingHangs() throws Exception {
        open(address());
        Process holder = Outsider.FLOCK.hold(file("1").resolve("lock"));

        assertFalse(near.offer(ByteBuffer.wrap("one".getBytes(UTF_8)), Duration.ZERO));
        assertFalse(near.offer(ByteBuffer.wrap("two".getBytes(UTF_8)), SHORT));
        assertEquals(Optional.empty(), far.receive(SHORT));
        Thread sending = new Thread(() -> near.send(Message.utf8("three")));
        sending.start();
        assertEquals(Optional.empty(), far.receive(SHORT));

        Outsider.end(holder);

        assertEquals("three", far.receive(SOON).orElseThrow().toUtf8());
        sending.join();
    }

    @Test
    void aClaimIsKeptWhileAToolHoldsTheLock() throws Exception {
        open(address());
        try (var claim = near.claim(3, SOON)) {
            Process holder = Outsider.FLOCK.hold(file("1").resolve("lock"));
            claim.buffer().put("abc".getBytes(UTF_8));
            claim.commit(3);
            Outsider.end(holder);
        }

        near.flush();

        assertEquals("abc", far.receive(SOON).orElseThrow().toUtf8());
    }
}
