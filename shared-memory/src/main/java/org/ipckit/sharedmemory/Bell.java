package org.ipckit.sharedmemory;

import java.lang.invoke.VarHandle;

/**
 * Wakes the other side of a ring if it sleeps: rung after each record and each progress. While nobody sleeps it costs one
 * look at a line that does not move.
 */
final class Bell {

    private final WaitWord word;
    private final boolean fenced;
    private final Runnable doorbell;

    /** By one thread at a time; who reads it as it was a moment ago waits a little longer or shorter. */
    private int wakes;

    /**
     * Makes the bell of one who sleeps by this word.
     *
     * @param fenced true if who goes to sleep cannot make a barrier here, so that each ring has to
     * @param doorbell rung for one who does not sleep on the word itself
     */
    Bell(WaitWord word, boolean fenced, Runnable doorbell) {
        this.word = word;
        this.fenced = fenced;
        this.doorbell = doorbell;
    }

    void ring() {
        // What was published must be seen by one whose word we find to say that it is awake. Its own barrier, made
        // between its word and its last look, sees to that; here only the compiler has to keep the order.
        if (fenced) {
            VarHandle.fullFence();
        } else {
            VarHandle.acquireFence();
        }
        int how = word.how();
        if (how != WaitWord.AWAKE) {
            wake(how);
        }
    }

    /** Returns a number that changes whenever somebody was woken. */
    int wakes() {
        return wakes;
    }

    private void wake(int how) {
        wakes++;
        // Cleared first, so that only one record wakes it. If it has gone to sleep again since it was looked at, that
        // wakes it once for nothing.
        if (how == WaitWord.ON_FUTEX && LinuxCalls.hasFutex()) {
            word.wake();
        } else {
            word.say(WaitWord.AWAKE);
            doorbell.run();
        }
    }
}
