package org.ipckit.redis;

/** Keeps an interrupt away from what has to be done all the same. */
final class Interruptions {

    /** Something that would give up when interrupted. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    private Interruptions() {}

    /** Does the work without an interrupt; one that is set before or comes meanwhile is set afterwards. */
    static void during(Work work) {
        boolean interrupted = Thread.interrupted();
        boolean done = false;
        try {
            while (!done) {
                try {
                    work.run();
                    done = true;
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
