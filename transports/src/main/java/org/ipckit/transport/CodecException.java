package org.ipckit.transport;

/**
 * A value cannot be encoded, or bytes are no such value. The text names the encoding, the place and the limit or the
 * number to act on. It is not a {@link TransportException}: the connection is as good as before.
 */
public final class CodecException extends RuntimeException {

    public CodecException(String message) {
        super(message);
    }

    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
