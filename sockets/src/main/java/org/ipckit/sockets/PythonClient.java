package org.ipckit.sockets;

import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.Transports;

/**
 * The connecting side of Python's {@code multiprocessing.connection}, for a {@code Listener} of any version.
 *
 * <pre>{@code
 * try (PythonConnection alice = PythonClient.connect("tcp://localhost:6000", "Do not let eve find us!".getBytes(UTF_8))) {
 *     alice.send(List.of(8, 8));
 *     Object product = alice.receive();
 * }
 * }</pre>
 */
public final class PythonClient {

    private PythonClient() {}

    /**
     * Connects to a {@code uds} or {@code tcp} address, trying until somebody listens.
     *
     * @param timeout for all of it, the handshake included
     * @param authKey the key that both sides must have; none: no handshake, unless the address has {@code authkey-file=}
     * @throws org.ipckit.transport.ConnectFailedException if nobody took the connection in that time, or did not finish
     *     the handshake: a listener without a key does not begin it
     * @throws org.ipckit.transport.AccessDeniedException if the listener has another key
     */
    public static PythonConnection connect(Address address, Duration timeout, byte... authKey) {
        return new PythonConnection(PythonPlace.of(address, authKey).connect(timeout));
    }

    /** As {@link #connect(Address, Duration, byte...)}, within five seconds. */
    public static PythonConnection connect(String address, byte... authKey) {
        return connect(Address.parse(address), Transports.CONNECT_TIMEOUT, authKey);
    }
}
