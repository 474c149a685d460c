package org.ipckit.transport;

/** An address, or an option in it, is not understood. */
public final class InvalidAddressException extends TransportException {

    public InvalidAddressException(String message) {
        super(message);
    }

    public InvalidAddressException(String message, Throwable cause) {
        super(message, cause);
    }
}
