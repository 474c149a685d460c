package org.ipckit.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A program of a demo, in a process that ends with this one. */
final class DemoProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final Process process;
    private final EndOfProcess end;

    private DemoProcess(Process process) {
        this.process = process;
        this.end = EndOfProcess.runs(this::stop);
    }

    static DemoProcess start(ProcessBuilder builder) throws IOException {
        return new DemoProcess(builder.start());
    }

    Process process() {
        return process;
    }

    /** Waits until it ends by itself, and returns its exit code. */
    int await() throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** Waits a while for its end. */
    void await(long millis) throws IOException {
        try {
            process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static IOException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new IOException("interrupted", interrupted);
    }

    /** Ends it as Ctrl+C does, so that it cleans up; and if it does not, for good. */
    private void stop() {
        process.toHandle().destroy();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    @Override
    public void close() {
        stop();
        end.close();
    }
}
