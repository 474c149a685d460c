package org.ipckit.chronicle;

import java.lang.invoke.VarHandle;
import net.openhft.chronicle.core.values.LongValue;

/**
 * Says in the queue itself that somebody who reads it sleeps. Who sleeps sets it and then looks once more; who writes looks
 * at it after that. So either the message is seen or the flag.
 */
final class SleepFlag {

    private SleepFlag() {}

    /** Says that this reader is about to sleep, unless it finds something now. */
    static void set(LongValue flag) {
        flag.setVolatileValue(1);
        VarHandle.fullFence();
    }

    /** Returns true if somebody sleeps, and is to be woken by the caller. */
    static boolean take(LongValue flag) {
        VarHandle.fullFence();
        if (flag.getVolatileValue() == 0) {
            return false;
        }
        flag.setVolatileValue(0);
        return true;
    }
}
