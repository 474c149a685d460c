package org.ipckit.sharedmemory;

/**
 * What one side can do, which decides how the other waits for it and wakes it.
 *
 * @param futex it can sleep on a futex and wake others there
 * @param barrier before it sleeps it makes a barrier in all processes that have registered, and is one of them
 */
record Abilities(boolean futex, boolean barrier) {

    static final Abilities NONE = new Abilities(false, false);

    private static final int FUTEX = 1;
    private static final int BARRIER = 2;

    /** Returns those of this process. */
    static Abilities here() {
        return new Abilities(LinuxCalls.hasFutex(), LinuxCalls.hasBarrier());
    }

    /** Returns those that the bits stand for; bits that are not known are what a later version can do. */
    static Abilities ofBits(int bits) {
        return new Abilities((bits & FUTEX) != 0, (bits & BARRIER) != 0);
    }

    int bits() {
        return (futex ? FUTEX : 0) | (barrier ? BARRIER : 0);
    }
}
