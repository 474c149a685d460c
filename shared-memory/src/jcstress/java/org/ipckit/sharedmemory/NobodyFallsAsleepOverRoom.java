package org.ipckit.sharedmemory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Either who tells its progress sees that the writer sleeps, or the writer sees the progress. */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "seen before falling asleep")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "woken")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "asleep, and nobody wakes it")
@State
public class NobodyFallsAsleepOverRoom {

    private final StressedRing ring = StressedRing.full();
    private final RestingPlace place = new RestingPlace(ring.ring.writerWaits());

    /** Makes a writer that there is no room for. */
    public NobodyFallsAsleepOverRoom() {
        ring.write(8, 4);
    }

    /** Reads, tells and rings. */
    @Actor
    public void reader(II_Result result) {
        ring.read();
        ring.tell();
        result.r1 = place.ring();
    }

    /** Says that it sleeps and looks once more. */
    @Actor
    public void writer(II_Result result) {
        place.fallAsleep();
        result.r2 = ring.hasRoom() ? 1 : 0;
    }
}
