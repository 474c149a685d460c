package org.ipckit.transport;

import java.util.Objects;

/** The connection or listener has ended; {@link #by} says who ended it. */
public final class ConnectionClosedException extends TransportException {

    /** Who ended it. */
    public enum By {
        /** This side called {@code close}. */
        THIS_SIDE,
        /** The peer said goodbye, or ended between two messages. */
        PEER,
        /** The peer went in the middle of a message or without the goodbye that the mechanism has. */
        LOSS
    }

    private final By by;

    public ConnectionClosedException(By by, String message) {
        super(message);
        this.by = Objects.requireNonNull(by, "by");
    }

    public ConnectionClosedException(By by, String message, Throwable cause) {
        super(message, cause);
        this.by = Objects.requireNonNull(by, "by");
    }

    /** Returns who ended it. */
    public By by() {
        return by;
    }
}
