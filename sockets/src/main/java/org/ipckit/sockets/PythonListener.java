package org.ipckit.sockets;

import java.time.Duration;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.Listener;

/**
 * The listening side of Python's {@code multiprocessing.connection}, whose {@code Client} of any version connects to it.
 *
 * <pre>{@code
 * try (PythonListener alice = PythonListener.listen("tcp://localhost:6000", "Do not let eve find us!".getBytes(UTF_8))) {
 *     try (PythonConnection bob = alice.accept()) {
 *         bob.send(bob.receive());
 *     }
 * }
 * }</pre>
 *
 * <p>Who does not have the key, does not finish the handshake within five seconds or only looks whether anybody listens
 * is sent away without {@code accept} hearing of it. One thread accepts; any thread closes.
 */
public final class PythonListener implements AutoCloseable {

    private final Listener listener;

    private PythonListener(Listener listener) {
        this.listener = listener;
    }

    /**
     * Listens at a {@code uds} or {@code tcp} address.
     *
     * @param authKey the key that both sides must have; none: no handshake, unless the address has {@code authkey-file=}
     * @throws org.ipckit.transport.AddressInUseException if a live process listens there
     * @throws org.ipckit.transport.InvalidAddressException if the address has another scheme or an unknown option
     */
    public static PythonListener listen(Address address, byte... authKey) {
        return new PythonListener(PythonPlace.of(address, authKey).listen());
    }

    /** As {@link #listen(Address, byte...)}. */
    public static PythonListener listen(String address, byte... authKey) {
        return listen(Address.parse(address), authKey);
    }

    /** Returns the address as bound: {@code tcp://localhost:0} reads back with its port. */
    public Address address() {
        return listener.address();
    }

    /**
     * Waits for the next client whose handshake, if there is one, is finished.
     *
     * @return empty if none came in that time
     * @throws org.ipckit.transport.ConnectionClosedException if the listener is closed
     */
    public Optional<PythonConnection> accept(Duration timeout) {
        return listener.accept(timeout).map(PythonConnection::new);
    }

    /** Waits for the next client as long as it takes. See {@link #accept(Duration)}. */
    public PythonConnection accept() {
        return new PythonConnection(listener.accept());
    }

    /** Wakes accept and gives the address back; accepted connections live on. */
    @Override
    public void close() {
        listener.close();
    }

    @Override
    public String toString() {
        return "PythonListener[" + address() + "]";
    }
}
