package org.ipckit.sharedmemory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIIII_Result;

/** The writer gets the room of a record after the reader has read it, and not before. */
@JCStressTest
@Outcome(id = "0, 1, 2, 3, 0", expect = Expect.ACCEPTABLE, desc = "no room yet")
@Outcome(id = "1, 1, 2, 3, 4", expect = Expect.ACCEPTABLE, desc = "in the room of the first")
@Outcome(expect = Expect.FORBIDDEN, desc = "overwritten while it was read, or lost")
@State
public class RoomIsUsedOnlyWhenItHasBeenRead {

    private final StressedRing ring = StressedRing.full();

    /** Writes where the first is. */
    @Actor
    public void writer(IIIII_Result result) {
        result.r1 = ring.write(48, 4) ? 1 : 0;
    }

    /** Reads the first. */
    @Actor
    public void reader(IIIII_Result result) {
        result.r2 = ring.read();
        ring.tell();
    }

    /** Reads what is left. */
    @Arbiter
    public void rest(IIIII_Result result) {
        result.r3 = ring.read();
        result.r4 = ring.read();
        result.r5 = ring.read();
    }
}
