package org.ipckit.transport.spi;

import org.ipckit.transport.Address;
import org.ipckit.transport.ConnectionClosedException;
import org.ipckit.transport.ConnectionClosedException.By;
import org.ipckit.transport.CorruptMessageException;
import org.ipckit.transport.TransportException;

/**
 * Why no more messages will come.
 *
 * @param kind the kind of end
 * @param text what is known about it
 * @param cause the system's own exception, or null
 */
public record Ending(Kind kind, String text, Throwable cause) {

    /** The kinds of end. */
    public enum Kind {
        /** The peer has closed. */
        GOODBYE,
        /** The peer was lost. */
        LOSS,
        /** The peer does not speak our protocol. */
        CORRUPT
    }

    /** The peer has closed. */
    public static Ending goodbye() {
        return new Ending(Kind.GOODBYE, "the peer has closed", null);
    }

    /** The peer was lost. */
    public static Ending loss(String text, Throwable cause) {
        return new Ending(Kind.LOSS, text, cause);
    }

    /** The peer does not speak our protocol. */
    public static Ending corrupt(String text) {
        return new Ending(Kind.CORRUPT, text, null);
    }

    /** Returns it as the failure of an operation. */
    TransportException toException(String operation, Address address) {
        String message = operation + " " + address + ": " + text;
        return switch (kind) {
            case GOODBYE -> new ConnectionClosedException(By.PEER, message, cause);
            case LOSS -> new ConnectionClosedException(By.LOSS, message, cause);
            case CORRUPT -> new CorruptMessageException(message, cause);
        };
    }
}
