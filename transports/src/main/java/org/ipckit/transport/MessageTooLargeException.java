package org.ipckit.transport;

/** A message exceeds {@link Capabilities#maxMessageSize()}. Nothing was sent and the connection still works. */
public final class MessageTooLargeException extends TransportException {

    public MessageTooLargeException(String message) {
        super(message);
    }

    public MessageTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
