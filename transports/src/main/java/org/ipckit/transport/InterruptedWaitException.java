package org.ipckit.transport;

/** The waiting thread was interrupted. Its flag is still set and the connection is still usable. */
public final class InterruptedWaitException extends TransportException {

    public InterruptedWaitException(String message) {
        super(message);
    }

    public InterruptedWaitException(String message, Throwable cause) {
        super(message, cause);
    }
}
