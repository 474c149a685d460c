package org.ipckit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Claim;
import org.ipckit.transport.Connection;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.Listener;
import org.ipckit.transport.MessageHandler;
import org.ipckit.transport.Transport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds a transport to a promise that not every one makes: that {@code offer}, {@code claim} and {@code poll} allocate
 * nothing for a message. Each message is written and read, with {@code buffer=}, where there is such an option, and
 * without.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class AllocationContract {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int WARM_UP = 50_000;
    private static final int MESSAGES = 20_000;
    private static final int SIZE_BYTES = 64;

    @TempDir
    private Path folder;

    private long sum;
    private final MessageHandler adding = message -> sum += message.getLong(0);

    /** Returns the transport. */
    protected abstract Transport transport();

    /** Returns an address that nobody uses; what needs a file lies in the folder. */
    protected abstract Address freshAddress(Path folder);

    @ParameterizedTest
    @ValueSource(strings = {"0", "1024"})
    void offeringAndPollingAllocatesNothing(String buffer) {
        ByteBuffer message = ByteBuffer.allocateDirect(SIZE_BYTES).putLong(0, 1);
        between(buffer, (from, to) -> {
            assertTrue(from.offer(message, Duration.ZERO));
            from.flush();
            poll(to);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1024"})
    void claimingAndPollingAllocatesNothing(String buffer) {
        between(buffer, (from, to) -> {
            Claim claim = from.claim(SIZE_BYTES, Duration.ZERO);
            claim.buffer().putLong(0, 1);
            claim.commit(SIZE_BYTES);
            from.flush();
            poll(to);
        });
    }

    private void poll(Connection to) {
        long before = sum;
        while (sum == before) {
            to.poll(adding, 10);
        }
        // A look where nothing is, too: that nothing has come is no exception.
        assertEquals(0, to.poll(adding, 10));
    }

    /** Moves one message. */
    private interface Step {
        void move(Connection from, Connection to);
    }

    private void between(String buffer, Step step) {
        Address address = withBuffer(freshAddress(folder), buffer);
        try (Listener listener = transport().listen(address);
                Connection from = transport().connect(listener.address(), SOON);
                Connection to = listener.accept()) {
            repeat(WARM_UP, step, from, to);

            long bytes = Allocation.bytesOf(() -> repeat(MESSAGES, step, from, to));

            assertEquals(WARM_UP + MESSAGES, sum);
            assertTrue(bytes < MESSAGES, MESSAGES + " messages allocate " + bytes + " bytes");
        }
    }

    private Address withBuffer(Address plain, String buffer) {
        Address buffered = plain.withOption("buffer", buffer);
        try {
            transport().capabilities(buffered);
            return buffered;
        } catch (InvalidAddressException noSuchOption) {
            return plain;
        }
    }

    private static void repeat(int times, Step step, Connection from, Connection to) {
        for (int count = 0; count < times; count++) {
            step.move(from, to);
        }
    }
}
