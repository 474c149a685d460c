package org.ipckit.transport;

import java.time.Duration;

/** A mechanism that connects one process with another, both ways, message by message. */
public interface Transport extends Mechanism {

    /**
     * Opens the address for peers. What a dead listener left there is reclaimed; a live one, and a file that is not a
     * listener's, is never touched.
     *
     * @throws AddressInUseException if a live process listens there
     * @throws InvalidAddressException if the address or one of its options is not understood
     * @throws AccessDeniedException if the place is not ours to use
     * @throws TransportUnavailableException if the mechanism does not work here
     */
    Listener listen(Address address);

    /**
     * Connects to a listener and returns when it has taken the connection, whether or not {@code accept} was called.
     *
     * @param timeout how long to keep trying while nobody listens or the listener has no room; {@link Duration#ZERO}
     *     tries once, {@link Waits#FOREVER} never gives up
     * @throws ConnectFailedException if nobody took the connection in that time
     * @throws InvalidAddressException at once, if the address or one of its options is not understood
     * @throws AccessDeniedException at once, if the listener or the system refuses this process
     * @throws InterruptedWaitException if the thread is interrupted; its flag stays set
     */
    Connection connect(Address address, Duration timeout);
}
