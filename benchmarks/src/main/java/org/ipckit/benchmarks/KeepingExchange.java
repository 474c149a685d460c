package org.ipckit.benchmarks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.ipckit.transport.MessageHandler;

/**
 * One end of a library that hands messages over as they come, also while this end waits for something else: they are kept
 * until they are asked for. All of it is used by one thread, {@link #keep} too.
 *
 * @param <M> what the library hands over
 */
public abstract class KeepingExchange<M> implements Exchange {

    private final Queue<M> arrived = new ArrayDeque<>();

    /** Keeps what has come. */
    protected final void keep(M message) {
        arrived.add(message);
    }

    /** Lets the library work until something has come, and fails if that takes too long. */
    protected abstract void await(BooleanSupplier come) throws IOException;

    /** Hands one over to who asked for it. */
    protected abstract void hand(M message, MessageHandler handler);

    @Override
    public final void receive(MessageHandler handler) throws IOException {
        await(() -> !arrived.isEmpty());
        hand(arrived.remove(), handler);
    }

    @Override
    public final void drain(MessageHandler handler) throws IOException {
        receive(handler);
        while (!arrived.isEmpty()) {
            hand(arrived.remove(), handler);
        }
    }
}
