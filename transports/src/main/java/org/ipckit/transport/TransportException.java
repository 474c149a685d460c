package org.ipckit.transport;

/**
 * A failure of a transport. Its text names the operation, the address and a number to act on; the mechanism's own
 * exception is its cause. The kinds are sealed, so that a {@code catch} or a switch can be complete.
 */
public abstract sealed class TransportException extends RuntimeException
        permits AccessDeniedException,
                AddressInUseException,
                ConnectFailedException,
                ConnectionClosedException,
                CorruptMessageException,
                InterruptedWaitException,
                InvalidAddressException,
                MechanismException,
                MessageTooLargeException,
                TransportUnavailableException {

    TransportException(String message) {
        super(message);
    }

    TransportException(String message, Throwable cause) {
        super(message, cause);
    }
}
