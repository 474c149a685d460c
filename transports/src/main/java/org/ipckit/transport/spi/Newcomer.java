package org.ipckit.transport.spi;

import java.util.Objects;

/**
 * A stream to a peer and what has to be said on it before messages flow.
 *
 * @param stream the stream
 * @param handshake the handshake on that stream
 */
public record Newcomer(ByteStream stream, Handshake handshake) {

    public Newcomer {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(handshake, "handshake");
    }

    /** A peer to whom nothing has to be said first. */
    public Newcomer(ByteStream stream) {
        this(stream, Handshake.NONE);
    }

    /** Returns the same with a handshake after the one it has. */
    public Newcomer then(Handshake next) {
        return new Newcomer(stream, handshake == Handshake.NONE ? next : handshake.then(next));
    }
}
