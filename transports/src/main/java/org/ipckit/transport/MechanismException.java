package org.ipckit.transport;

/** The system refused an operation; its own exception is the cause. */
public final class MechanismException extends TransportException {

    public MechanismException(String message) {
        super(message);
    }

    public MechanismException(String message, Throwable cause) {
        super(message, cause);
    }
}
