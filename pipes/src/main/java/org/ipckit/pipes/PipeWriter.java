package org.ipckit.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.MessageTooLargeException;
import org.ipckit.transport.spi.Deadline;

/**
 * The writing end of a {@link NamedPipe}. Several threads may write, each at its turn, and another may close.
 */
public final class PipeWriter implements AutoCloseable {

    private final Address address;
    private final PipeUse use;

    PipeWriter(Address address, FifoEnd end) {
        this.address = address;
        this.use = new PipeUse(address, end, "write to", SelectionKey.OP_WRITE);
    }

    /**
     * Writes the bytes between position and limit as a whole, never mixed with those of another writer, or not at all.
     * The buffer is read, not consumed.
     *
     * @param timeout how long to wait for room; {@link Duration#ZERO} tries once
     * @return false if there was no room in that time, and then nothing was written
     * @throws MessageTooLargeException if there are more than {@link NamedPipe#ATOMIC_BYTES}
     * @throws org.ipckit.transport.ConnectionClosedException if nobody reads any more, or this writer is closed
     * @throws org.ipckit.transport.InterruptedWaitException if the thread is interrupted; its flag stays set
     */
    public boolean write(ByteBuffer bytes, Duration timeout) {
        if (bytes.remaining() > NamedPipe.ATOMIC_BYTES) {
            throw new MessageTooLargeException("write to " + address + ": " + bytes.remaining()
                    + " bytes, and only up to " + NamedPipe.ATOMIC_BYTES
                    + " go in as a whole; writeInPieces writes more");
        }
        return wrote(bytes.duplicate(), Deadline.after(timeout));
    }

    /**
     * Writes any number of bytes, in pieces between which those of other writers may come. The buffer is consumed as far
     * as it was written.
     *
     * @param timeout how long to wait for room, in all; {@link Duration#ZERO} writes what there is room for
     * @return false if there was not room for all of it in that time
     * @throws org.ipckit.transport.ConnectionClosedException if nobody reads any more, or this writer is closed
     * @throws org.ipckit.transport.InterruptedWaitException if the thread is interrupted; its flag stays set
     */
    public boolean writeInPieces(ByteBuffer bytes, Duration timeout) {
        return wrote(bytes, Deadline.after(timeout));
    }

    private boolean wrote(ByteBuffer bytes, Deadline deadline) {
        if (!use.enter(deadline)) {
            return false;
        }
        try {
            return use.await(end -> hasWritten(end, bytes), deadline);
        } finally {
            use.leave();
        }
    }

    private static boolean hasWritten(FifoEnd end, ByteBuffer bytes) throws IOException {
        int written;
        do {
            written = end.write(bytes);
        } while (written > 0);
        return !bytes.hasRemaining();
    }

    /** Returns whether it is open. */
    public boolean isOpen() {
        return !use.isClosed();
    }

    /** Closes it; a write that waits ends. Any thread, any number of times. */
    @Override
    public void close() {
        use.close();
    }
}
