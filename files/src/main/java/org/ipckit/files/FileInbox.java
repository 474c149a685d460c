package org.ipckit.files;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Lease;

/** Receives by reading from the file of the connection. One thread uses it. */
final class FileInbox implements Inbox {

    private final ConnectionFile file;
    private final Lease lease;
    private final FileWatch.Nap untilArrival;
    private final int maxMessageBytes;
    private Message first;
    private Ending ending;

    FileInbox(ConnectionFile file, Lease lease, FileWatch.Nap untilArrival, int maxMessageBytes) {
        this.file = file;
        this.lease = lease;
        this.untilArrival = untilArrival;
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public int look() {
        int known = next();
        if (known != NONE) {
            return known;
        }
        // Asked before the last look: what the peer has written before it went is found by that.
        Optional<Ending> gone = lease.ending();
        if (file.look() == ConnectionFile.Step.BUSY) {
            untilArrival.shorten(FileOutbox.BUSY_NANOS);
            return NONE;
        }
        int arrived = next();
        return arrived == NONE && isOver(gone) ? END : arrived;
    }

    private boolean isOver(Optional<Ending> gone) {
        Optional<String> damage = file.damage();
        if (damage.isPresent()) {
            ending = Ending.corrupt(damage.get());
        } else if (file.isClosedByPeer()) {
            ending = Ending.goodbye();
        } else {
            ending = gone.orElse(null);
        }
        return ending != null;
    }

    @Override
    public int next() {
        first = file.first();
        if (first == null) {
            return NONE;
        }
        if (first.size() > maxMessageBytes) {
            ending = Ending.corrupt("the peer sent a message of " + first.size()
                    + " bytes, this connection takes at most " + maxMessageBytes + " (max-message=)");
            return END;
        }
        return first.size();
    }

    @Override
    public ByteBuffer lend(int sizeBytes) {
        return first.asByteBuffer();
    }

    @Override
    public Message copy(int sizeBytes) {
        return first;
    }

    @Override
    public void consume(int sizeBytes) {
        file.consumeFirst();
    }

    @Override
    public Ending ending() {
        return ending;
    }
}
