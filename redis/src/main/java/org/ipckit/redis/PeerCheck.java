package org.ipckit.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Asks the server whether anybody is still subscribed at the other end of a pair: a dead peer has to be noticed within a
 * second. The one who receives asks; whoever reads from the server takes the answer.
 */
final class PeerCheck {

    /** How often who waits asks. */
    static final Duration EVERY = Duration.ofMillis(300);

    private static final int LOOKS_BETWEEN_CLOCKS = 64;

    private final Session session;
    private final byte[] channel;
    private final Runnable gone;
    private final Answer answered = this::answered;
    private volatile boolean asking;
    private long askedNanos = System.nanoTime();
    private int looks;

    /** @param gone told when nobody is subscribed to the channel */
    PeerCheck(Session session, byte[] channel, Runnable gone) {
        this.session = session;
        this.channel = channel;
        this.gone = gone;
    }

    /** Asks, if it is time to, and not every time at that: the clock takes as long as all the rest of a look. */
    void perhaps() {
        if (++looks % LOOKS_BETWEEN_CLOCKS == 0 || looks <= LOOKS_BETWEEN_CLOCKS) {
            ifDue();
        }
    }

    /** Asks, if it is time to. */
    void ifDue() {
        long now = System.nanoTime();
        if (asking || now - askedNanos < EVERY.toNanos()) {
            return;
        }
        asking = true;
        askedNanos = now;
        try {
            session.send(answered, "PUBSUB", "NUMSUB", channel);
        } catch (IOException sessionHasEnded) {
            // Which is what the next look finds.
            asking = false;
        }
    }

    private void answered(Object subscribers) {
        if (subscribers instanceof List<?> channelAndCount
                && channelAndCount.get(1).equals(0L)) {
            gone.run();
        }
        asking = false;
    }
}
