package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.ipckit.transport.Address;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.Outbox;

/** Sends by appending to the queue that the peer reads. There is always room, as long as the disk has some. */
final class QueueOutbox implements Outbox {

    private final Address address;
    private final Outgoing queue;
    private final Lease lease;
    private ByteBuffer claimed = ByteBuffer.allocateDirect(0);

    QueueOutbox(Address address, Outgoing queue, Lease lease) {
        this.address = address;
        this.queue = queue;
        this.lease = lease;
    }

    @Override
    public boolean begin(ByteBuffer message) throws IOException {
        requirePeer();
        append(message);
        return true;
    }

    @Override
    public ByteBuffer claim(int sizeBytes) throws IOException {
        requirePeer();
        if (claimed.capacity() < sizeBytes) {
            claimed = ByteBuffer.allocateDirect(sizeBytes);
        }
        return claimed.clear().slice(0, sizeBytes);
    }

    @Override
    public void commit(int sizeBytes) throws IOException {
        requirePeer();
        append(claimed.clear().limit(sizeBytes));
    }

    private void append(ByteBuffer message) {
        try {
            if (queue.append(message)) {
                lease.ring();
            }
        } catch (IOException refused) {
            throw new MechanismException("offer to " + address + ": " + refused.getMessage(), refused);
        }
    }

    private void requirePeer() throws IOException {
        Optional<Ending> ending = lease.ending();
        if (ending.isPresent()) {
            throw new IOException(ending.get().text(), ending.get().cause());
        }
    }
}
