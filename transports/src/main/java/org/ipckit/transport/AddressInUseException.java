package org.ipckit.transport;

/** A live process listens at the address, or something that is not a listener's is in the way. */
public final class AddressInUseException extends TransportException {

    public AddressInUseException(String message) {
        super(message);
    }

    public AddressInUseException(String message, Throwable cause) {
        super(message, cause);
    }
}
