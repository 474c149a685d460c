package org.ipckit.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.Nap;
import org.ipckit.transport.spi.Outbox;

/** Sends by writing into the file of the connection. One thread uses it. */
final class FileOutbox implements Outbox {

    /** Nobody reports that a lock is free. */
    static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ConnectionFile file;
    private final Lease lease;
    private final Nap untilRoom;
    private ByteBuffer claimed = ByteBuffer.allocate(0);

    /** What was committed while somebody else had the lock. */
    private Message pending;

    FileOutbox(ConnectionFile file, Lease lease, Nap untilRoom) {
        this.file = file;
        this.lease = lease;
        this.untilRoom = untilRoom;
    }

    @Override
    public boolean begin(ByteBuffer message) throws IOException {
        // Asked first: a message that finds no room need not be copied.
        return hasRoom(message.remaining()) && put(Message.copyOf(message));
    }

    @Override
    public ByteBuffer claim(int sizeBytes) throws IOException {
        if (!hasRoom(sizeBytes)) {
            return null;
        }
        if (claimed.capacity() < sizeBytes) {
            claimed = ByteBuffer.allocate(sizeBytes);
        }
        return claimed.clear().limit(sizeBytes);
    }

    @Override
    public void commit(int sizeBytes) throws IOException {
        pending = Message.copyOf(claimed.clear().limit(sizeBytes));
        drain();
    }

    @Override
    public boolean unfinished() {
        return pending != null;
    }

    @Override
    public boolean drain() throws IOException {
        if (pending != null && put(pending)) {
            pending = null;
        }
        return pending == null;
    }

    @Override
    public boolean finish() throws IOException {
        return drain() && (lease.peerGone() || !isBusy(file.sayGoodbye()));
    }

    private boolean hasRoom(int sizeBytes) throws IOException {
        requirePeer();
        return drain() && file.mayHaveRoom(sizeBytes);
    }

    private boolean put(Message message) throws IOException {
        requirePeer();
        SharedConversation.Step step = file.add(message);
        if (!isBusy(step)) {
            requireUndamaged();
        }
        return step == SharedConversation.Step.DONE;
    }

    private boolean isBusy(SharedConversation.Step step) {
        boolean busy = step == SharedConversation.Step.BUSY;
        if (busy) {
            untilRoom.shorten(BUSY_NANOS);
        }
        return busy;
    }

    private void requirePeer() throws IOException {
        Optional<Ending> ending = lease.ending();
        if (ending.isPresent()) {
            throw new IOException(ending.get().text(), ending.get().cause());
        }
        requireUndamaged();
    }

    private void requireUndamaged() throws IOException {
        Optional<String> damage = file.damage();
        if (damage.isPresent()) {
            throw new IOException(damage.get());
        }
    }
}
