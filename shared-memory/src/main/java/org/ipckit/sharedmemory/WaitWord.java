package org.ipckit.sharedmemory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An int in shared memory in which one thread says how it sleeps, and which the other side clears when it wakes it. */
final class WaitWord {

    static final int AWAKE = 0;

    /** It sleeps on this word. */
    static final int ON_FUTEX = 1;

    /** It sleeps until its doorbell is rung. */
    static final int AT_DOORBELL = 2;

    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;
    private final int offset;
    private final ByteBuffer timespec = ByteBuffer.allocateDirect(2 * Long.BYTES);

    WaitWord(ByteBuffer memory, int offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /** Returns how the thread sleeps. It costs nothing: the line moves only when somebody goes to sleep or is woken. */
    int how() {
        return (int) INTS.getOpaque(memory, offset);
    }

    /**
     * Says how the thread is about to sleep. Then it looks once more: either it sees what was published, or who has
     * published sees this.
     *
     * @param barrier true if this side can make a barrier for both; else both have to fence
     */
    void announce(int how, boolean barrier) {
        say(how);
        if (barrier) {
            // Who sleeps pays for the order of both: a fence for each message would cost more than the message.
            LinuxCalls.barrier();
        } else {
            VarHandle.fullFence();
        }
    }

    /** Says how the thread sleeps from now on, or that it does not. */
    void say(int how) {
        INTS.setVolatile(memory, offset, how);
    }

    /** Sleeps as long as the word says {@link #ON_FUTEX}, not longer than that. One thread at a time. */
    void sleep(long nanos) {
        LinuxCalls.awaitChange(memory, offset, ON_FUTEX, timespec, nanos);
    }

    /** Clears the word and wakes who sleeps on it. */
    void wake() {
        LinuxCalls.clearAndWake(memory, offset);
    }
}
