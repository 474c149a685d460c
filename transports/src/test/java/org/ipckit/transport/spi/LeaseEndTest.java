package org.ipckit.transport.spi;

import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Future;
import org.ipckit.transport.Listener;
import org.ipckit.transport.spi.Ending.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a lease ends is told: by a goodbye, or as the loss of its process. */
@Timeout(120)
class LeaseEndTest extends LeaseFixture {

    @Test
    void aProcessThatIsKilledIsALossAndWakesWhoSleeps() throws Exception {
        Listener listener = listen();
        try (Forked other = fork()) {
            Lease accepted = accept(listener);
            Future<?> sleeper = sleep(accepted);

            other.kill();

            join(sleeper);
            assertEquals(Kind.LOSS, kind(accepted));
            assertTrue(accepted.ending().orElseThrow().text().contains("without a goodbye"));
        }
    }

    @Test
    void aGoodbyeTellsAnEndFromALoss() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        Lease accepted = accept(listener);
        Future<?> sleeper = sleep(accepted);

        client.close();
        client.close();

        join(sleeper);
        assertEquals(Kind.GOODBYE, kind(accepted));
        accepted.ring();
        accepted.close();
        client.ring();
    }

    @Test
    void aGoodbyeIsHeardAlsoWithRingsThatNobodyReadsOnTheWayBack() throws Exception {
        Listener listener = listen();
        for (int round = 0; round < 50; round++) {
            Lease client = connect("hello");
            Lease accepted = accept(listener);
            for (int each = 0; each < 50; each++) {
                accepted.ring();
                client.ring();
            }
            client.close();
            accepted.ring();
            assertEquals(Kind.GOODBYE, kind(accepted));
            accepted.close();
        }
    }

    @Test
    void aListenersSideThatClosesIsAGoodbyeToAnotherProcessToo() throws Exception {
        Listener listener = listen();
        try (Forked other = fork()) {
            Lease accepted = accept(listener);
            Future<?> sleeper = sleep(accepted);
            tell(other, "ring");
            join(sleeper);

            tell(other, "listen");
            accepted.close();

            other.say("gone");
            assertEquals("GOODBYE done", other.hear());
        }
    }

    @Test
    void whatThisSideHasClosedHasNoEndOfThePeers() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        Lease accepted = accept(listener);
        client.close();
        assertEquals(Kind.GOODBYE, kind(accepted));

        assertFalse(client.peerGone());
    }
}
