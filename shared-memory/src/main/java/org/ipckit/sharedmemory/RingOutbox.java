package org.ipckit.sharedmemory;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.Outbox;

/** Sends into a ring: lends its memory for messages, and cuts those that are longer than a record. */
final class RingOutbox implements Outbox, RingSleeper.Half {

    private final RingWriter writer;
    private final Bell reader;
    private final Lease lease;
    private final int longest;
    private final Views claims;

    /** What is left of a message that goes in fragments, from one index to the other; null if nothing is. */
    private ByteBuffer rest;

    private int restAt;
    private int restEnd;

    /** What is left is still in the caller's buffer. */
    private boolean borrowed;

    /** This side's own memory, for what does not fit into a record; kept for the next. */
    private ByteBuffer own = ByteBuffer.allocate(0);

    private boolean claimedInPlace;
    private CorruptSegmentException corrupt;

    RingOutbox(Ring ring, Bell reader, Lease lease) {
        this.writer = new RingWriter(ring);
        this.reader = reader;
        this.lease = lease;
        this.longest = Layout.longestRecord(ring.capacity());
        this.claims = new Views(ring.records());
    }

    @Override
    public boolean begin(ByteBuffer message) throws IOException {
        requirePeer();
        try {
            if (rest != null && !drained()) {
                return false;
            }
            int from = message.position();
            int size = message.limit() - from;
            // The usual case here and not in a method of its own: calls that lie too deep are not inlined.
            if (size > longest) {
                return beginInFragments(message, from, from + size);
            }
            if (!writer.write(Word.WHOLE, message, from, size)) {
                return false;
            }
            reader.ring();
            return true;
        } catch (InternalError fault) {
            cutShort(fault);
            throw corrupt;
        }
    }

    private boolean beginInFragments(ByteBuffer message, int from, int to) throws IOException {
        if (!write(Word.FIRST, message, from, longest)) {
            return false;
        }
        rest = message;
        borrowed = true;
        restAt = from + longest;
        restEnd = to;
        drained();
        return true;
    }

    private boolean write(int kind, ByteBuffer message, int from, int size) throws IOException {
        if (!writer.write(kind, message, from, size)) {
            return false;
        }
        reader.ring();
        return true;
    }

    private boolean drained() throws IOException {
        while (rest != null) {
            int size = Math.min(longest, restEnd - restAt);
            boolean last = restAt + size == restEnd;
            if (!write(last ? Word.LAST : Word.MIDDLE, rest, restAt, size)) {
                return false;
            }
            restAt += size;
            rest = last ? null : rest;
        }
        return true;
    }

    @Override
    public void keep() {
        if (rest != null && borrowed) {
            keepRest();
        }
    }

    private void keepRest() {
        ByteBuffer kept = ownOf(restEnd - restAt).put(0, rest, restAt, restEnd - restAt);
        rest = kept;
        borrowed = false;
        restEnd -= restAt;
        restAt = 0;
    }

    private ByteBuffer ownOf(int size) {
        if (own.capacity() < size) {
            own = ByteBuffer.allocate(size);
        }
        return own.clear().limit(size);
    }

    @Override
    public boolean drain() throws IOException {
        if (rest == null) {
            return true;
        }
        requirePeer();
        try {
            return drained();
        } catch (InternalError fault) {
            cutShort(fault);
            throw corrupt;
        }
    }

    @Override
    public boolean unfinished() {
        return rest != null;
    }

    @Override
    public ByteBuffer claim(int sizeBytes) throws IOException {
        requirePeer();
        try {
            int place = drained() ? writer.reserve(Math.min(sizeBytes, longest)) : -1;
            if (place < 0) {
                return null;
            }
            claimedInPlace = sizeBytes <= longest;
            return claimedInPlace ? claims.at(place, sizeBytes) : ownOf(sizeBytes);
        } catch (InternalError fault) {
            cutShort(fault);
            throw corrupt;
        }
    }

    @Override
    public void commit(int sizeBytes) throws IOException {
        requirePeer();
        try {
            if (claimedInPlace) {
                writer.publish(Word.WHOLE, sizeBytes);
                reader.ring();
            } else if (sizeBytes <= longest
                    ? write(Word.WHOLE, own, 0, sizeBytes)
                    : beginInFragments(own, 0, sizeBytes)) {
                borrowed = false;
            } else {
                throw new IllegalStateException("a ring with one writer has lost room");
            }
        } catch (InternalError fault) {
            cutShort(fault);
            throw corrupt;
        }
    }

    @Override
    public void abort() {
        if (claimedInPlace) {
            writer.abandon();
        }
    }

    @Override
    public boolean ready() {
        try {
            return writer.roomNow();
        } catch (CorruptSegmentException seenByTheLook) {
            return true;
        }
    }

    @Override
    public void cutShort(InternalError fault) {
        corrupt = new CorruptSegmentException(fault);
    }

    private void requirePeer() throws IOException {
        if (corrupt != null) {
            throw corrupt;
        }
        if (lease.peerGone()) {
            throw new IOException(lease.ending().orElseThrow().text());
        }
    }
}
