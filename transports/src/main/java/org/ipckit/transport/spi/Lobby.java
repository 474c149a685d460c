package org.ipckit.transport.spi;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ipckit.transport.Address;
import org.ipckit.transport.MechanismException;

/**
 * Where those wait who have come to a listener: a {@link Reception} takes them in and carries their handshakes on, and
 * who has finished is kept here until it is accepted. Any thread may take or close.
 *
 * @param <T> what becomes of a stream whose handshake is finished
 */
final class Lobby<T extends Closeable> implements Closeable {

    private static final int MOST_FINISHED = 128;

    private final Address address;
    private final Acceptor acceptor;
    private final Admission<T> admission;
    private final AcceptQueue<T> finished;
    private final Reception reception;
    private final AtomicBoolean closing = new AtomicBoolean();

    /** Makes something of a stream whose handshake is finished; on the thread of the reception, so it must not wait. */
    @FunctionalInterface
    interface Admission<T> {
        T admit(ByteStream stream) throws IOException;
    }

    /** Takes the acceptor over, which is open already; it is closed with the lobby, or if this fails. */
    Lobby(Address address, Acceptor acceptor, Optional<AuthKey> authKey, Admission<T> admission) {
        this.address = address;
        this.acceptor = acceptor;
        this.admission = admission;
        this.finished = new AcceptQueue<>(address);
        try {
            this.reception =
                    new Reception(address, acceptor, authKey, this::finished, () -> finished.size() < MOST_FINISHED);
        } catch (IOException | RuntimeException refused) {
            closeAcceptor();
            throw refused instanceof RuntimeException asItIs
                    ? asItIs
                    : new MechanismException("listen on " + address + ": " + refused.getMessage(), refused);
        }
        reception.start();
    }

    /** Waits for the next one, as {@link org.ipckit.transport.Listener#accept(Duration)}. */
    Optional<T> take(Duration timeout) {
        Optional<T> next = finished.take(timeout);
        if (next.isPresent()) {
            reception.lookAgain();
        }
        return next;
    }

    private void finished(ByteStream stream) {
        try {
            T admitted = admission.admit(stream);
            if (!finished.add(admitted)) {
                Streams.closeQuietly(admitted);
            }
        } catch (IOException refused) {
            Streams.closeQuietly(stream);
        }
    }

    /** Closes everything, also those who wait here; the second time does nothing. */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            Streams.closeQuietly(reception);
            finished.close(Streams::closeQuietly);
            closeAcceptor();
        }
    }

    private void closeAcceptor() {
        try {
            acceptor.close();
        } catch (IOException refused) {
            throw new MechanismException("close of " + address + ": " + refused.getMessage(), refused);
        }
    }
}
