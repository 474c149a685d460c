package org.ipckit.transport;

import java.nio.ByteBuffer;

/**
 * Turns values into the bytes of one message and back. A connection never sees a value; {@link Typed} puts the two
 * together.
 *
 * <p>Codecs have no state that a call leaves behind: any number of threads may use one at the same time, and a call that
 * failed has no consequence. A value that stays as it is makes the same bytes each time. Null is no value:
 * {@code encode} refuses it with a {@link NullPointerException}, and {@code decode} never returns it.
 */
public interface Codec<T> {

    /**
     * Writes the value from the buffer's position on, which is moved behind the last byte. The order of the buffer
     * neither matters nor changes.
     *
     * @param buffer a writable one of any kind
     * @return the number of bytes written
     * @throws java.nio.BufferOverflowException if the value needs more than is left; the position is as it was, and what
     *     follows it is unspecified
     * @throws CodecException if the encoding cannot carry the value, or only beyond the codec's limits
     */
    int encode(T value, ByteBuffer buffer);

    /**
     * Reads the value that all bytes between position and limit are; the buffer is read, not consumed. The value shares
     * no memory with it and is the caller's for ever.
     *
     * <p>The bytes may be anybody's: whatever they are, the result is a value or a {@code CodecException}, and takes time
     * and memory in proportion to their number.
     *
     * @throws CodecException if the bytes are no such value, not exactly one, or beyond the codec's limits
     */
    T decode(ByteBuffer buffer);
}
