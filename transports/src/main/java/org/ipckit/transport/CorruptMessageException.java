package org.ipckit.transport;

/** The peer sent bytes that are not our protocol. The connection has ended; its listener lives on. */
public final class CorruptMessageException extends TransportException {

    public CorruptMessageException(String message) {
        super(message);
    }

    public CorruptMessageException(String message, Throwable cause) {
        super(message, cause);
    }
}
