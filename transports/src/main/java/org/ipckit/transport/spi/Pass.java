package org.ipckit.transport.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The right of one thread to pass a {@link Gate} with plain stores, until another takes it away. A compare-and-set or a
 * fence for each message would make the processor wait until all stores before it have arrived, and cost a ring two
 * thirds of its rate; so who takes the pass away pays for the order of both.
 */
final class Pass {

    /** Nobody's. */
    static final Pass NONE = new Pass(null);

    private static final VarHandle INSIDE;

    static {
        NONE.taken = true;
        try {
            INSIDE = MethodHandles.lookup().findVarHandle(Pass.class, "inside", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Thread holder;
    private volatile boolean taken;

    /** Written by the holder only. */
    private volatile boolean inside;

    Pass(Thread holder) {
        this.holder = holder;
    }

    Thread holder() {
        return holder;
    }

    /** Lets its holder, who is outside, in; false if it has been taken away. */
    boolean enter() {
        INSIDE.setOpaque(this, true);
        // Keeps the compiler's order of this store and that load. Who takes the pass away keeps the processor's.
        VarHandle.acquireFence();
        if (!taken) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        INSIDE.setRelease(this, false);
    }

    boolean isInside() {
        return inside;
    }

    /** Takes it away; from here on either its holder is seen inside, or it will see that it was taken. */
    void take() {
        if (!taken) {
            taken = true;
            orderWithHolder();
        }
    }

    /**
     * Makes what was written here visible to the holder, and what it has written visible here, without a fence of its
     * own: to tell its stack, the JVM stops it between two instructions, or finds it stopped.
     */
    private void orderWithHolder() {
        if (holder != Thread.currentThread()) {
            holder.getStackTrace();
        }
        VarHandle.fullFence();
    }
}
