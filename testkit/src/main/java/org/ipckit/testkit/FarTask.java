package org.ipckit.testkit;

import static org.ipckit.testkit.Eventually.patience;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command that the far end is carrying out. Any thread may ask. */
final class FarTask {

    private final String command;
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private volatile int progress;

    FarTask(String command) {
        this.command = command;
    }

    /** Returns how many messages were sent or received so far, at least. */
    int progress() {
        return progress;
    }

    boolean isDone() {
        return result.isDone();
    }

    /** Waits until at least so many messages were sent or received. */
    void awaitProgress(int count) {
        Eventually.eventually(
                () -> "the far end's '" + command + "' to come to " + count + ", is at " + progress + " " + result,
                () -> progress >= count || result.isDone());
        if (progress < count) {
            await();
            throw new AssertionError("far end: '" + command + "' is over at " + progress + " of " + count);
        }
    }

    /** Waits for the result; a failure at the far end is a failure here. */
    String await() {
        try {
            return result.get(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError("far end: '" + command + "' failed: " + failed.getCause(), failed.getCause());
        } catch (TimeoutException late) {
            throw new AssertionError(
                    "far end: '" + command + "' is not done within "
                            + patience().toSeconds() + " s",
                    late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the far end does '" + command + "'", interrupted);
        }
    }

    /** Waits for the failure and returns its kind and text. */
    String awaitFailure() {
        try {
            throw new AssertionError("far end: '" + command + "' was to fail, and returned " + await());
        } catch (AssertionError failed) {
            if (failed.getCause() instanceof FarEnd.Failure failure) {
                return failure.getMessage();
            }
            throw failed;
        }
    }

    void progressed(int count) {
        progress = count;
    }

    void done(String answer) {
        result.complete(answer);
    }

    void failed(FarEnd.Failure failure) {
        result.completeExceptionally(failure);
    }
}
