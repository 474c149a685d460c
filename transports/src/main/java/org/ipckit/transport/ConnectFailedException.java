package org.ipckit.transport;

/** Nobody took the connection within the time-out. */
public final class ConnectFailedException extends TransportException {

    public ConnectFailedException(String message) {
        super(message);
    }

    public ConnectFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
