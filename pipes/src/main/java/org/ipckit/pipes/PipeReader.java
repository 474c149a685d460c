package org.ipckit.pipes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import org.ipckit.transport.Address;
import org.ipckit.transport.spi.Deadline;

/**
 * The reading end of a {@link NamedPipe}. Bytes come in the order in which they were written, without boundaries: a read
 * may return less than a writer wrote at once, or more.
 *
 * <p>Several threads may read, each at its turn, and another may close.
 */
public final class PipeReader implements AutoCloseable {

    /** Returned when the last writer has left, if the reader reports that. */
    public static final int END = -1;

    /** What a read does when the last writer has left and all it wrote was read. */
    public enum AtEnd {
        /** It waits for the next writer. */
        WAIT,
        /** It returns {@link #END}, once; the read after that waits for the next writer. */
        REPORT
    }

    private final PipeUse use;
    private final AtEnd atEnd;
    private int count;

    PipeReader(Address address, FifoEnd end, AtEnd atEnd) {
        this.use = new PipeUse(address, end, "read from", SelectionKey.OP_READ);
        this.atEnd = atEnd;
    }

    /**
     * Reads what has come, as far as the buffer has room, or waits until something comes. That no process has it open for
     * writing is no reason to return.
     *
     * @param timeout how long to wait for the first byte; {@link Duration#ZERO} looks once
     * @return the number of bytes; 0 if none came in that time; {@link #END}
     * @throws org.ipckit.transport.ConnectionClosedException if this reader is closed, also by another thread meanwhile
     * @throws org.ipckit.transport.InterruptedWaitException if the thread is interrupted; its flag stays set
     */
    public int read(ByteBuffer into, Duration timeout) {
        if (!into.hasRemaining()) {
            throw new IllegalArgumentException("the buffer has no room to read into");
        }
        Deadline deadline = Deadline.after(timeout);
        if (!use.enter(deadline)) {
            return 0;
        }
        try {
            while (use.await(end -> hasRead(end, into), deadline)) {
                if (count > 0) {
                    return count;
                }
                // Once all writers have left, this end is ready for ever; only a new one waits for the next writer.
                use.openAgain();
                if (atEnd == AtEnd.REPORT) {
                    return END;
                }
            }
            return 0;
        } finally {
            use.leave();
        }
    }

    private boolean hasRead(FifoEnd end, ByteBuffer into) throws IOException {
        count = end.read(into);
        return count > 0 || (count == FifoEnd.NO_WRITER && end.isAbandoned());
    }

    /** Returns whether it is open. */
    public boolean isOpen() {
        return !use.isClosed();
    }

    /** Closes it; a read that waits ends. Any thread, any number of times. */
    @Override
    public void close() {
        use.close();
    }
}
