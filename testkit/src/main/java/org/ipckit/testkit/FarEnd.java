package org.ipckit.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.ipckit.transport.Address;

/**
 * The far side of every test, as the near side sees it: takes commands, which are the same whether a thread of this JVM
 * or another JVM obeys them. Any thread may use it.
 */
abstract class FarEnd implements AutoCloseable {

    /** What went wrong at the far end: the kind of exception and its text. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String text) {
            super(text, null, false, false);
        }
    }

    private final Map<Integer, FarTask> tasks = new ConcurrentHashMap<>();
    private final AtomicInteger lastNumber = new AtomicInteger();
    private volatile String gone;

    /** Passes a line on to whoever obeys. */
    abstract void pass(String line);

    abstract long pid();

    abstract boolean isAlive();

    @Override
    public abstract void close();

    /** Begins a command. */
    final FarTask start(Verb verb, Object... words) {
        int number = lastNumber.incrementAndGet();
        String line = Line.of(number, verb, words);
        FarTask task = new FarTask(line);
        tasks.put(number, task);
        if (gone == null) {
            pass(line);
        }
        if (gone != null) {
            failAll();
        }
        return task;
    }

    /** Has a command done and returns its answer. */
    final String tell(Verb verb, Object... words) {
        return start(verb, words).await();
    }

    /** Listens, and returns the address as bound. */
    final Address listen(String listener, Address address) {
        return Address.parse(tell(Verb.LISTEN, listener, address.toUri()));
    }

    /** Closes everything that was opened and ends every command. */
    final void reset() {
        tell(Verb.RESET);
        tasks.clear();
    }

    /** Takes an answer: number, kind, text. */
    final void answered(String line) {
        String[] words = Line.words(line);
        FarTask task = tasks.get(Integer.parseInt(words[0]));
        if (task == null) {
            return;
        }
        switch (words[1]) {
            case Line.PROGRESS -> task.progressed(Integer.parseInt(words[2]));
            case Line.DONE -> task.done(words[2]);
            case Line.FAILED -> task.failed(new Failure(words[2]));
            default -> throw new IllegalArgumentException(line);
        }
    }

    /** Told that there will be no more answers. */
    final void gone(String why) {
        gone = why;
        failAll();
    }

    private void failAll() {
        tasks.values().forEach(task -> task.failed(new Failure(gone)));
    }
}
