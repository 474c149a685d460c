package org.ipckit.transport.spi;

import static org.ipckit.transport.spi.Workers.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Listener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ring wakes whoever sleeps at the other side, and none is lost. */
@Timeout(120)
class LeaseRingTest extends LeaseFixture {

    @Test
    void aRingWakesWhoeverSleepsAtTheOtherSideEitherWay() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        Lease accepted = accept(listener);
        for (int round = 0; round < 100; round++) {
            Future<?> sleeper = sleep(accepted);
            client.ring();
            join(sleeper);
            sleeper = sleep(client);
            accepted.ring();
            join(sleeper);
        }
    }

    @Test
    void aRingBeforeAnybodyIsNamedIsNotLost() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        client.ring();
        Lease accepted = accept(listener);
        ThreadSleeper sleeper = new ThreadSleeper();

        accepted.wakes(sleeper);

        sleeper.sleep(Long.MAX_VALUE);
    }

    /** As a mechanism does: say it in shared memory, then ring; look, then sleep. */
    @Test
    void noRingIsLostHoweverTheTwoMeet() throws Exception {
        Listener listener = listen();
        Lease client = connect("hello");
        Lease accepted = accept(listener);
        AtomicInteger said = new AtomicInteger();
        AtomicInteger heard = new AtomicInteger();
        ThreadSleeper untilSaid = new ThreadSleeper();
        ThreadSleeper untilHeard = new ThreadSleeper();
        accepted.wakes(untilSaid);
        client.wakes(untilHeard);
        int rounds = 5000;
        Future<?> hearer = workers.start(() -> {
            for (int round = 1; round <= rounds; round++) {
                while (said.get() < round) {
                    untilSaid.sleep(Long.MAX_VALUE);
                }
                heard.set(round);
                accepted.ring();
            }
        });
        for (int round = 1; round <= rounds; round++) {
            said.set(round);
            client.ring();
            while (heard.get() < round) {
                untilHeard.sleep(Long.MAX_VALUE);
            }
        }
        join(hearer);
    }

    @Test
    void aPeerThatIsStoppedIsNotGoneAndRingingItNeverWaitsNorFails() throws Exception {
        Listener listener = listen();
        try (Forked other = fork()) {
            Lease accepted = accept(listener);
            tell(other, "listen");
            other.signal("STOP");

            for (int each = 0; each < 100_000; each++) {
                accepted.ring();
            }
            assertFalse(accepted.peerGone());
            other.signal("CONT");

            tell(other, "sleep");
            assertFalse(accepted.peerGone());
            // Its goodbye had no room while it was stopped.
            other.signal("STOP");
            for (int each = 0; each < 100_000; each++) {
                accepted.ring();
            }
            accepted.close();
            other.signal("CONT");
            other.say("gone");
            assertEquals("GOODBYE done", other.hear());
        }
    }
}
