package org.ipckit.peers.grpc;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs what gRPC would give to a pool of threads on the thread that waits for it, as its blocking stubs do: a message
 * changes threads once, from the event loop to its reader.
 */
final class OwnThread implements Executor {

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Runs tasks until something is so. */
    void runUntil(BooleanSupplier done, String wait) throws IOException {
        while (!done.getAsBoolean()) {
            try {
                Runnable task = tasks.poll(SILENCE.toNanos(), TimeUnit.NANOSECONDS);
                if (task == null) {
                    throw new IOException(wait + ": nothing for " + SILENCE.toSeconds() + " s");
                }
                task.run();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", interrupted);
            }
        }
    }
}
