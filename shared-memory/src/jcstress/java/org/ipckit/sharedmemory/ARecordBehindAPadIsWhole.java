package org.ipckit.sharedmemory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The record at the beginning of the ring is there before the pad that leads to it. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing has come yet")
@Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "all of it")
@Outcome(expect = Expect.FORBIDDEN, desc = "a pad that leads to nothing")
@State
public class ARecordBehindAPadIsWhole {

    private final StressedRing ring = StressedRing.atItsEnd();

    /** Writes what does not fit before the end. */
    @Actor
    public void writer() {
        ring.write(112, 7);
    }

    /** Reads. */
    @Actor
    public void reader(I_Result result) {
        result.r1 = ring.read();
    }
}
