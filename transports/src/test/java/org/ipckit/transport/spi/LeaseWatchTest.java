package org.ipckit.transport.spi;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.ipckit.transport.spi.Workers.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many leases cost one thread, and none leaves anything. */
@Timeout(120)
class LeaseWatchTest extends LeaseFixture {

    @Test
    void aThousandLeasesCostOneThreadWhichEndsWithThem() throws Exception {
        Listener listener = listen();
        for (int each = 0; each < 500; each++) {
            connect("hello");
            accept(listener);
        }
        assertEquals(1, watchers());
        assertEquals(1000, LeaseWatch.size());

        for (AutoCloseable each : open) {
            each.close();
        }

        eventually("the thread has ended", () -> watchers() == 0);
        assertEquals(0, prepared.get());
    }

    @Test
    void theThreadEndsAlsoWhenOnlyLeasesOfPeersThatWentAreLeft() throws Exception {
        Listener listener = listen();
        try (Forked other = fork()) {
            Lease accepted = accept(listener);
            other.kill();
            assertEquals(Kind.LOSS, kind(accepted));
        }
        eventually("the thread has ended", () -> watchers() == 0);

        Lease next = connect("hello");
        accept(listener).close();
        assertEquals(Kind.GOODBYE, kind(next));
    }

    @Test
    void aThousandCyclesLeaveNoDescriptor() throws Exception {
        Listener listener = listen();
        cycle(listener);
        long before = UnixPlace.descriptors();

        for (int round = 0; round < 1000; round++) {
            cycle(listener);
        }

        eventually("the descriptors are given back", () -> UnixPlace.descriptors() <= before);
        assertEquals(0, prepared.get());
    }

    private void cycle(Listener listener) throws Exception {
        Lease client = Lease.connect(address, file, Message.of(), ofSeconds(30));
        Connection accepted = listener.accept(ofSeconds(30)).orElseThrow();
        Lease lease = leases.poll(30, TimeUnit.SECONDS);
        client.ring();
        lease.ring();
        if (lease.hashCode() % 2 == 0) {
            client.close();
            accepted.close();
        } else {
            accepted.close();
            client.close();
        }
        assertEquals(Optional.empty(), listener.accept(ZERO));
    }

    private static long watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ipckit-leases"))
                .count();
    }
}
