package org.ipckit.transport.spi;

import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The threads of one test; what fails in one of them fails the test, and none outlives it. */
public final class Workers implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> Daemons.thread("test", task));

    private final Queue<Future<?>> interrupters = new ConcurrentLinkedQueue<>();

    /** Something to do. */
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /** Starts it. */
    public Future<?> start(Task task) {
        return threads.submit(() -> {
            task.run();
            return null;
        });
    }

    /** Starts it. */
    public <T> Future<T> call(Callable<T> task) {
        return threads.submit(task);
    }

    /** Interrupts the current thread as soon as it is so. */
    public void interruptThisThreadWhen(String what, Callable<Boolean> condition) {
        Thread thread = Thread.currentThread();
        interrupters.add(start(() -> {
            eventually(what, condition);
            thread.interrupt();
        }));
    }

    /** Waits for its end, and fails as it did. */
    public static <T> T join(Future<T> task) throws Exception {
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stuck) {
            task.cancel(true);
            throw new AssertionError("a thread of the test has not ended in " + PATIENCE_SECONDS + " s", stuck);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }

    /** Waits until it is true. */
    public static void eventually(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                throw new AssertionError("not so within " + PATIENCE_SECONDS + " s: " + what);
            }
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        try {
            for (Future<?> interrupter : interrupters) {
                join(interrupter);
            }
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("a thread of the test is still there after " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a thread of the test ends", interrupted);
        }
    }
}
