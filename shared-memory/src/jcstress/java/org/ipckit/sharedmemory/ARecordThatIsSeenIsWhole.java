package org.ipckit.sharedmemory;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What was written before its word was published is read after the word was seen. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "nothing has come yet")
@Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "all of it")
@Outcome(expect = Expect.FORBIDDEN, desc = "a part of it, or what was there before")
@State
public class ARecordThatIsSeenIsWhole {

    private final StressedRing ring = StressedRing.empty();

    /** Writes. */
    @Actor
    public void writer() {
        ring.write(48, 7);
    }

    /** Reads. */
    @Actor
    public void reader(I_Result result) {
        result.r1 = ring.read();
    }
}
