package org.ipckit.transport.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PassTest {

    private static final int ROUNDS = 20_000;

    /** More than a processor's caches hold, so that stores into it take long to arrive. */
    private static final int FAR_WORDS = 1 << 23;

    private static final int FAR_STORES = 24;

    /** More than the other thread needs for a round while both have a processor. */
    private static final int MOST_TURNS = 5_000;

    private final long[] far = new long[FAR_WORDS];
    private volatile Pass current;
    private volatile Pass answered;
    private volatile boolean entered;

    @Test
    void itsHolderGoesInAndOut() {
        Pass pass = new Pass(Thread.currentThread());

        assertTrue(pass.enter());
        assertTrue(pass.isInside());
        pass.leave();
        assertFalse(pass.isInside());

        pass.take();
        assertFalse(pass.enter());
        assertFalse(pass.isInside());
    }

    /** The mark of the holder waits behind other stores on its way to the cache: that must not hide it. */
    @Test
    void whoTakesItSeesTheHolderInsideUnlessTheHolderSeesThatItWasTaken() throws Exception {
        try (Workers workers = new Workers()) {
            Thread[] holder = new Thread[1];
            var holding = workers.start(() -> {
                holder[0] = Thread.currentThread();
                hold();
            });
            awaitAnswer(Pass.NONE);
            SplittableRandom random = new SplittableRandom(1);
            int collisions = 0;
            int missed = 0;
            for (int round = 0; round < ROUNDS; round++) {
                Pass pass = new Pass(holder[0]);
                current = pass;
                spin(random.nextInt(600));
                pass.take();
                boolean seen = pass.isInside();
                awaitAnswer(pass);
                collisions += entered ? 0 : 1;
                missed += entered && !seen ? 1 : 0;
            }
            current = Pass.NONE;
            Workers.join(holding);

            assertEquals(0, missed, "of " + ROUNDS + ", " + collisions + " of which came too late to enter");
        }
    }

    private void hold() {
        SplittableRandom random = new SplittableRandom(2);
        Pass last = null;
        answered = Pass.NONE;
        int turns = 0;
        while (last != Pass.NONE) {
            Pass pass = current;
            if (pass == null || pass == last) {
                idle(turns++);
                continue;
            }
            turns = 0;
            last = pass;
            if (pass != Pass.NONE) {
                for (int store = 0; store < FAR_STORES; store++) {
                    far[random.nextInt(FAR_WORDS)] = store;
                }
                entered = pass.enter();
                answered = pass;
            }
        }
    }

    private void awaitAnswer(Pass expected) {
        for (int turns = 0; answered != expected; turns++) {
            idle(turns);
        }
    }

    /** The other thread may be without a processor: then what is spun here is what it lacks. */
    private static void idle(int turns) {
        if (turns < MOST_TURNS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(1);
        }
    }

    private void spin(int turns) {
        for (int turn = 0; turn < turns; turn++) {
            Thread.onSpinWait();
        }
    }
}
