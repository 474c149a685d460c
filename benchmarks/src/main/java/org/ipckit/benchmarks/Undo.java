package org.ipckit.benchmarks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What a row has made and has to end, the newest first. Any thread may close, any number of times. */
final class Undo implements AutoCloseable {

    private final Deque<Runnable> steps = new ArrayDeque<>();
    private boolean closed;

    /** Keeps what was just made until it is closed; if that has happened meanwhile, it ends at once. */
    synchronized <T> T keep(T made, Consumer<T> end) {
        if (closed) {
            end.accept(made);
        } else {
            steps.push(() -> end.accept(made));
        }
        return made;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!steps.isEmpty()) {
            steps.pop().run();
        }
    }
}
