package org.ipckit.transport;

/** The mechanism does not work on this machine or JVM; the text says what is missing. */
public final class TransportUnavailableException extends TransportException {

    public TransportUnavailableException(String message) {
        super(message);
    }

    public TransportUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
