package org.ipckit.transport;

/** The system, the listener or a key refused this process, or a place is not private enough to be used. */
public final class AccessDeniedException extends TransportException {

    public AccessDeniedException(String message) {
        super(message);
    }

    public AccessDeniedException(String message, Throwable cause) {
        super(message, cause);
    }
}
