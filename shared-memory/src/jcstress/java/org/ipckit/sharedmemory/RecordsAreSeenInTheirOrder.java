package org.ipckit.sharedmemory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The word behind a record is zero when the record is seen, until the next one is there. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "too early")
@Outcome(id = {"0, 1", "1, 0"}, expect = Expect.ACCEPTABLE, desc = "the first")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "both")
@Outcome(expect = Expect.FORBIDDEN, desc = "a gap, or what an earlier lap has left")
@State
public class RecordsAreSeenInTheirOrder {

    private final StressedRing ring = StressedRing.empty();

    /** Writes two. */
    @Actor
    public void writer() {
        ring.write(16, 1);
        ring.write(48, 2);
    }

    /** Looks twice. */
    @Actor
    public void reader(II_Result result) {
        result.r1 = ring.read();
        result.r2 = ring.read();
    }
}
