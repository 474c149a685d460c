package org.ipckit.pipes;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Something that a thread of its own does. */
final class Background<T> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FutureTask<T> task;
    private final Thread thread;

    private Background(FutureTask<T> task) {
        this.task = task;
        this.thread = new Thread(task);
    }

    static <T> Background<T> of(Callable<T> work) {
        Background<T> background = new Background<>(new FutureTask<>(work));
        background.thread.setDaemon(true);
        background.thread.start();
        return background;
    }

    boolean isStillRunningAfter(Duration time) throws InterruptedException {
        thread.join(time.toMillis());
        return thread.isAlive();
    }

    void interrupt() {
        thread.interrupt();
    }

    T result() throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
