package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A call that another thread makes while the test goes on. */
final class Alongside<T> {

    /** Long enough for a thread to be where it waits; a test must hold all the same if it is not there yet. */
    private static final long UNDER_WAY_NANOS = 25_000_000;

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;

    private Alongside(String what, Callable<T> call) {
        thread = new Thread(
                () -> {
                    try {
                        result.complete(call.call());
                    } catch (Throwable thrown) {
                        result.completeExceptionally(thrown);
                    }
                },
                what);
        thread.setDaemon(true);
    }

    /** Begins the call. */
    static <T> Alongside<T> start(String what, Callable<T> call) {
        Alongside<T> alongside = new Alongside<>(what, call);
        alongside.thread.start();
        return alongside;
    }

    /** Begins a call that is expected to wait, and lets it come there. */
    static <T> Alongside<T> startAndWait(String what, Callable<T> call) {
        Alongside<T> alongside = start(what, call);
        LockSupport.parkNanos(UNDER_WAY_NANOS);
        return alongside;
    }

    Thread thread() {
        return thread;
    }

    boolean isDone() {
        return result.isDone();
    }

    T await() {
        try {
            return get();
        } catch (ExecutionException failed) {
            throw new AssertionError(thread.getName() + " failed: " + failed.getCause(), failed.getCause());
        }
    }

    /** Waits for the call to fail in this way. */
    <X extends Throwable> X awaitFailure(Class<X> kind) {
        try {
            throw new AssertionError(
                    thread.getName() + " was to fail with " + kind.getSimpleName() + ", and returned " + get());
        } catch (ExecutionException failed) {
            if (kind.isInstance(failed.getCause())) {
                return kind.cast(failed.getCause());
            }
            throw new AssertionError(
                    thread.getName() + " was to fail with " + kind.getSimpleName() + ": " + failed.getCause(),
                    failed.getCause());
        }
    }

    private T get() throws ExecutionException {
        try {
            return result.get(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            AssertionError hung = new AssertionError(
                    thread.getName() + " has not returned within " + patience().toSeconds() + " s", late);
            hung.setStackTrace(thread.getStackTrace());
            thread.interrupt();
            throw hung;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + thread.getName(), interrupted);
        }
    }
}
