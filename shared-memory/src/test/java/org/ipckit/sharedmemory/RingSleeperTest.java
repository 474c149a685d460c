package org.ipckit.sharedmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.ipckit.transport.spi.Sleeper;
import org.junit.jupiter.api.Test;

class RingSleeperTest {

    private final WaitWord peerWaits = new WaitWord(ByteBuffer.allocateDirect(64), 0);
    private final Bell peer = new Bell(peerWaits, true, () -> {});

    @Test
    void whoHadToWakeThePeerLooksLongerForItsAnswer() {
        try (RingSleeper sleeper = sleeper()) {
            peer.ring();
            assertEquals(Sleeper.LOOK_NANOS, sleeper.lookNanos());

            peerWaits.say(WaitWord.AT_DOORBELL);
            peer.ring();

            assertTrue(sleeper.lookNanos() > Sleeper.LOOK_NANOS);
            assertEquals(Sleeper.LOOK_NANOS, sleeper.lookNanos(), "the wait after the one for that answer");
        }
    }

    private RingSleeper sleeper() {
        WaitWord own = new WaitWord(ByteBuffer.allocateDirect(64), 0);
        RingSleeper.Half nothing = new RingSleeper.Half() {
            @Override
            public boolean ready() {
                return false;
            }

            @Override
            public void cutShort(InternalError fault) {
                throw fault;
            }
        };
        return new RingSleeper(own, false, false, nothing, peer);
    }
}
