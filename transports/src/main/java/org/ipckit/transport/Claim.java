package org.ipckit.transport;

import java.nio.ByteBuffer;

/**
 * Memory of a connection, lent to write one message in place. It belongs to the thread that claimed it, and the
 * connection reuses the object for its next claim.
 *
 * <pre>{@code
 * try (Claim claim = connection.claim(16, Waits.FOREVER)) {
 *     claim.buffer().putLong(id).putLong(price);
 *     claim.commit(16);
 * }
 * }</pre>
 */
public interface Claim extends AutoCloseable {

    /**
     * Returns the memory: writable, big-endian, from position 0 to the size that was claimed, with unspecified content.
     * It may not be touched after {@code commit} or {@code close}.
     */
    ByteBuffer buffer();

    /**
     * Sends the first bytes of the memory as one message. The message is accepted; what the mechanism does not take
     * within the time-out of the claim moves with the next call that sends.
     *
     * @param sizeBytes at most what was claimed
     * @throws IllegalStateException if the claim is no longer open
     * @throws IllegalArgumentException if the size is negative or more than was claimed; the claim stays open
     * @throws ConnectionClosedException if either side has closed
     */
    void commit(int sizeBytes);

    /** Gives the memory back; nothing is sent unless {@code commit} was called before. */
    @Override
    void close();
}
