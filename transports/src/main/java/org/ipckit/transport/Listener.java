package org.ipckit.transport;

import java.time.Duration;
import java.util.Optional;

/** The accepting side of an address. One thread accepts; any thread closes. */
public interface Listener extends AutoCloseable {

    /** Returns the address as bound: {@code tcp://127.0.0.1:0} reads back with its port. */
    Address address();

    /**
     * Waits for the next connection whose handshake, if it has one, is finished.
     *
     * @param timeout the longest to wait; {@link Duration#ZERO} looks once, {@link Waits#FOREVER} waits for ever
     * @return empty if none came in that time
     * @throws ConnectionClosedException if this listener is closed
     * @throws InterruptedWaitException if the thread is interrupted; its flag stays set and the listener lives on
     */
    Optional<Connection> accept(Duration timeout);

    /** Waits for the next connection as long as it takes. */
    default Connection accept() {
        return accept(Waits.FOREVER).orElseThrow();
    }

    /**
     * Stops listening: wakes who waits in {@code accept} and removes what listening made. Connections that were
     * accepted live on. Any thread may call it, any number of times.
     */
    @Override
    void close();
}
