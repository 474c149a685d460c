package org.ipckit.pipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.testkit.Allocation;
import org.ipckit.transport.Address;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MessageHandler;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PipeAllocationTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int WARM_UP = 50_000;
    private static final int MESSAGES = 20_000;

    @TempDir
    private Path folder;

    private long sum;
    private final MessageHandler adding = message -> sum += message.getLong(0);

    @ParameterizedTest
    @ValueSource(strings = {"", "?buffer=1024"})
    void offeringAndPollingAllocatesNothing(String options) {
        ByteBuffer message = ByteBuffer.allocateDirect(64).putLong(0, 1);
        between(options, (from, to) -> {
            assertTrue(from.offer(message, Duration.ZERO));
            from.flush();
            poll(to);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?buffer=1024"})
    void claimingAndPollingAllocatesNothing(String options) {
        between(options, (from, to) -> {
            Claim claim = from.claim(64, Duration.ZERO);
            claim.buffer().putLong(0, 1);
            claim.commit(64);
            from.flush();
            poll(to);
        });
    }

    private void poll(Connection to) {
        assertEquals(1, to.poll(adding, 10));
        // A look at an empty pipe, too: that nothing has come is no exception.
        assertEquals(0, to.poll(adding, 10));
    }

    /** Moves one message. */
    private interface Step {
        void move(Connection from, Connection to);
    }

    private void between(String options, Step step) {
        Address address = Address.parse("pipe://" + folder.resolve("p") + options);
        PipeTransport transport = new PipeTransport();
        try (Listener listener = transport.listen(address);
                Connection from = transport.connect(address, SOON);
                Connection to = listener.accept()) {
            repeat(WARM_UP, step, from, to);

            long bytes = Allocation.bytesOf(() -> repeat(MESSAGES, step, from, to));

            assertEquals(WARM_UP + MESSAGES, sum);
            assertTrue(bytes < MESSAGES, MESSAGES + " messages allocate " + bytes + " bytes");
        }
    }

    private static void repeat(int times, Step step, Connection from, Connection to) {
        for (int count = 0; count < times; count++) {
            step.move(from, to);
        }
    }
}
