package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Lease;

/** Receives by reading the queue that the peer appends to. One thread uses it. */
final class QueueInbox implements Inbox {

    private final Address address;
    private final Incoming queue;
    private final Lease lease;
    private final int maxMessageBytes;
    private Ending ending;

    QueueInbox(Address address, Incoming queue, Lease lease, int maxMessageBytes) {
        this.address = address;
        this.queue = queue;
        this.lease = lease;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public int look() {
        // Asked before the last look: what the peer has written before it went is found by that.
        Optional<Ending> gone = lease.ending();
        int size = next();
        if (size == NONE && gone.isPresent()) {
            ending = gone.get();
            return END;
        }
        return size;
    }

    @Override
    public int next() {
        int size = read();
        if (size > maxMessageBytes) {
            ending = Ending.corrupt("the peer sent a message of " + size + " bytes, this connection takes at most "
                    + maxMessageBytes + " (max-message=)");
            return END;
        }
        return size == QueueReader.NONE ? NONE : size;
    }

    private int read() {
        try {
            return queue.look();
        } catch (IOException | RuntimeException refused) {
            throw failed(refused);
        }
    }

    @Override
    public ByteBuffer lend(int sizeBytes) {
        return queue.message();
    }

    @Override
    public Message copy(int sizeBytes) {
        return Message.copyOf(queue.message());
    }

    @Override
    public void consume(int sizeBytes) {
        try {
            queue.consume();
        } catch (IOException | RuntimeException refused) {
            throw failed(refused);
        }
    }

    private MechanismException failed(Exception refused) {
        return new MechanismException("receive from " + address + ": " + refused.getMessage(), refused);
    }

    @Override
    public Ending ending() {
        return ending;
    }
}
