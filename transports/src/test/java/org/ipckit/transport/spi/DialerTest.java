package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectFailedException;
import org.junit.jupiter.api.Test;

class DialerTest {
    private static final Address ADDRESS = Address.parse("test://there");

    @Test
    void whatTheDeadlineCutsShortDoesNotHideWhyItWasRefusedBefore() {
        AtomicInteger attempts = new AtomicInteger();

        ConnectFailedException failed = assertThrows(
                ConnectFailedException.class,
                () -> Dialer.retry(ADDRESS, Duration.ofSeconds(1), deadline -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IOException("no master");
                    }
                    throw cutShort(deadline);
                }));

        assertTrue(failed.getMessage().endsWith("within 1 s: no master"), failed.getMessage());
        assertEquals(2, attempts.get());
    }

    @Test
    void whatTheDeadlineCutsShortIsTheReasonIfThereIsNoOther() {
        ConnectFailedException failed = assertThrows(
                ConnectFailedException.class,
                () -> Dialer.retry(ADDRESS, Duration.ofMillis(20), deadline -> {
                    throw cutShort(deadline);
                }));

        assertTrue(failed.getMessage().endsWith("within 20 ms: not in time"), failed.getMessage());
    }

    private static IOException cutShort(Deadline deadline) {
        while (!deadline.expired()) {
            LockSupport.parkNanos(deadline.remainingNanos());
        }
        return new IOException("not in time");
    }
}
