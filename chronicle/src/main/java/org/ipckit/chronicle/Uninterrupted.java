package org.ipckit.chronicle;

import java.io.IOException;

/**
 * Does what an interrupt must not end in the middle: it would close channels under locks that are held, and leave steps
 * half done. The flag is set again afterwards. For what never waits for long.
 */
final class Uninterrupted {

    private Uninterrupted() {}

    /** Something to do. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run() throws IOException;
    }

    /** Does it. */
    static <T> T run(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return work.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
