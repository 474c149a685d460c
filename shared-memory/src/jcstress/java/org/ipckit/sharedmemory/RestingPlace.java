package org.ipckit.sharedmemory;

/** Where one side sleeps and the other rings, each as the connection does it. */
final class RestingPlace {

    private final boolean barrier = LinuxCalls.hasBarrier();
    private final WaitWord word;
    private final Bell bell;
    private int rung;

    RestingPlace(WaitWord word) {
        this.word = word;
        this.bell = new Bell(word, !barrier, () -> rung++);
    }

    /** Rings if somebody sleeps; returns how often it has. */
    int ring() {
        bell.ring();
        return rung;
    }

    /** Says that it sleeps, up to the point where it looks once more. */
    void fallAsleep() {
        word.announce(WaitWord.AT_DOORBELL, barrier);
    }
}
