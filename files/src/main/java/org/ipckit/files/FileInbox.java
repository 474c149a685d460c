package org.ipckit.files;

import java.util.Optional;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.MessageInbox;
import org.ipckit.transport.spi.Nap;

/** Receives by reading from the file of the connection. One thread uses it. */
final class FileInbox extends MessageInbox {

    private final ConnectionFile file;
    private final Lease lease;
    private final Nap untilArrival;
    private Ending ending;

    FileInbox(ConnectionFile file, Lease lease, Nap untilArrival, int maxMessageBytes) {
        super(maxMessageBytes);
        this.file = file;
        this.lease = lease;
        this.untilArrival = untilArrival;
    }

    @Override
    public int look() {
        int known = next();
        if (known != NONE) {
            return known;
        }
        // Asked before the last look: what the peer has written before it went is found by that.
        Optional<Ending> gone = lease.ending();
        if (file.look() == SharedConversation.Step.BUSY) {
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
    protected Message first() {
        return file.first();
    }

    @Override
    public void consume(int sizeBytes) {
        file.consumeFirst();
    }

    @Override
    protected Ending whyOver() {
        return ending;
    }
}
