package org.ipckit.transport.spi;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The sending half of a mechanism, without waiting: {@link DuplexConnection} waits, checks and keeps the rules of the
 * contract around it. One thread at a time uses it. An {@link IOException} says that the peer is gone.
 */
public interface Outbox {

    /**
     * Takes the message if there is room for any byte of it. The buffer is read, not consumed.
     *
     * @return false if there is no room now, and then nothing was taken
     */
    boolean begin(ByteBuffer message) throws IOException;

    /** Copies what is left of the message that was begun, so that its buffer is the caller's again. */
    default void keep() {}

    /** Moves what was taken as far as there is room; returns true when nothing of it is left in this process. */
    default boolean drain() throws IOException {
        return true;
    }

    /**
     * Moves what was taken and then the goodbye that the mechanism has, as far as there is room; returns true when
     * nothing is left in this process. Nothing is taken afterwards.
     */
    default boolean finish() throws IOException {
        return drain();
    }

    /** Returns true if something has begun to go out and has to be finished; a batch that is collected has not. */
    default boolean unfinished() {
        return false;
    }

    /** Lends room for a message of at most this size, from position 0 to the size; null if there is none now. */
    ByteBuffer claim(int sizeBytes) throws IOException;

    /** Takes the first bytes of the claim as a message. */
    void commit(int sizeBytes) throws IOException;

    /** Takes the claim back; nothing of it is sent. */
    default void abort() {}
}
