package org.ipckit.cli;

import java.io.IOException;
import org.ipckit.transport.ConnectionClosedException;

/**
 * Cleans up when the process is told to end while a command runs: Ctrl+C, SIGTERM, SIGHUP. The JVM then ends with 128
 * and the number of the signal, so that a command need not care about its exit code.
 */
final class EndOfProcess implements AutoCloseable {

    private final Thread hook;
    private volatile boolean begun;

    private EndOfProcess(Runnable cleanUp) {
        this.hook = new Thread(
                () -> {
                    begun = true;
                    cleanUp.run();
                },
                "ipckit-clean-up");
    }

    /** Runs the clean-up if the process ends before this is closed; the process waits for it. */
    static EndOfProcess runs(Runnable cleanUp) {
        EndOfProcess end = new EndOfProcess(cleanUp);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** What a command does until it is done, or the clean-up closes what it uses. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Does it; that what it uses is closed in the middle is no failure if the process is ending. */
    void during(Work work) throws IOException {
        try {
            work.run();
        } catch (ConnectionClosedException closed) {
            if (!begun) {
                throw closed;
            }
        }
    }

    /** Returns true if the process is ending, and what fails now fails for that reason. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            begun = true;
        }
    }
}
