package org.ipckit.sharedmemory;

import java.nio.ByteBuffer;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Ending;
import org.ipckit.transport.spi.Inbox;
import org.ipckit.transport.spi.Lease;

/** Receives from a ring: lends messages where they are, and puts together those that are longer than a record. */
final class RingInbox implements Inbox, RingSleeper.Half {

    private final RingReader reader;
    private final Bell writer;
    private final Lease lease;
    private final int maxMessageBytes;
    private final ByteBuffer records;

    /** The same, with a position and a limit of its own. */
    private final ByteBuffer copied;

    private final Views views;
    private final Assembly assembly = new Assembly();
    private final Headway headway = new Headway();

    /** A message has begun in fragments; it is whole once it has its last one. */
    private boolean begun;

    private boolean assembled;
    private Ending corrupt;

    RingInbox(Ring ring, Bell writer, Lease lease, int maxMessageBytes) {
        this.reader = new RingReader(ring);
        this.writer = writer;
        this.lease = lease;
        this.maxMessageBytes = maxMessageBytes;
        this.records = ring.records().asReadOnlyBuffer();
        this.copied = records.duplicate();
        this.views = new Views(records);
    }

    @Override
    public int look() {
        if (corrupt != null) {
            return END;
        }
        try {
            long word = reader.word();
            return word == 0 ? nothingNew() : found(word);
        } catch (CorruptSegmentException strange) {
            return end(strange.getMessage());
        } catch (InternalError fault) {
            cutShort(fault);
            return END;
        }
    }

    @Override
    public int next() {
        return look();
    }

    /**
     * Looks at a record. A method of its own: for one who spins a find is rare, so that the compiler calls what comes
     * after it. That is this call then, and not one for each of the methods in it.
     */
    private int found(long word) throws CorruptSegmentException {
        long checked = reader.check(word);
        return Word.isWhole(checked) && !begun ? whole(checked) : lookFurther(checked);
    }

    private int nothingNew() throws CorruptSegmentException {
        reader.expect();
        if (!headway.stillDryAt(reader.position())) {
            dryNow();
        }
        return assembled || lease.peerGone() ? lookLast() : NONE;
    }

    /** What is done once at a place: one who spins should look at the next word again as soon as can be. */
    private void dryNow() {
        tellProgress();
        views.expect(reader.place());
        headway.dryAt(reader.position(), reader.records());
    }

    private int lookLast() throws CorruptSegmentException {
        // What it published before it went is here by now.
        long word = reader.look();
        return word == 0 && !assembled ? END : lookFurther(word);
    }

    private int lookFurther(long found) throws CorruptSegmentException {
        long word = found;
        while (!assembled) {
            if (word == 0) {
                return nothingNew();
            }
            if (Word.isWhole(word) && !begun) {
                return whole(word);
            }
            take(word);
            word = reader.look();
        }
        return assembly.size();
    }

    private int whole(long word) {
        int length = Word.length(word);
        return length <= maxMessageBytes ? length : end(tooLong(length));
    }

    private void take(long word) throws CorruptSegmentException {
        int kind = Word.kind(word);
        int length = Word.length(word);
        boolean expected = begun ? kind == Word.MIDDLE || kind == Word.LAST : kind == Word.FIRST;
        // An empty fragment would let a peer keep us here for ever.
        if (!expected || length == 0) {
            throw new CorruptSegmentException("a fragment of kind " + kind + " with " + length + " bytes after "
                    + (begun ? assembly.size() + " bytes of a message" : "a whole message"));
        }
        if ((long) assembly.size() + length > maxMessageBytes) {
            throw new CorruptSegmentException(tooLong((long) assembly.size() + length));
        }
        assembly.append(records, reader.place(), length, maxMessageBytes);
        begun = kind != Word.LAST;
        assembled = !begun;
        if (reader.advance(length)) {
            writer.ring();
        }
    }

    private void tellProgress() {
        if (reader.tell()) {
            writer.ring();
        }
    }

    @Override
    public boolean ready() {
        try {
            return reader.look() != 0;
        } catch (CorruptSegmentException seenByTheLook) {
            return true;
        }
    }

    @Override
    public void cutShort(InternalError fault) {
        end(new CorruptSegmentException(fault).getMessage());
    }

    @Override
    public ByteBuffer lend(int sizeBytes) {
        return assembled ? assembly.lend() : views.at(reader.place(), sizeBytes);
    }

    @Override
    public Message copy(int sizeBytes) {
        if (assembled) {
            return assembly.copy();
        }
        int place = reader.place();
        return Message.copyOf(copied.limit(place + sizeBytes).position(place));
    }

    @Override
    public void consume(int sizeBytes) {
        if (assembled) {
            forgetAssembled();
        } else if (reader.advance(sizeBytes)) {
            writer.ring();
        }
    }

    private void forgetAssembled() {
        assembled = false;
        assembly.clear();
    }

    private String tooLong(long bytes) {
        return "the peer sends a message of " + bytes + " bytes or more, this connection takes at most "
                + maxMessageBytes + " (max-message=)";
    }

    private int end(String reason) {
        corrupt = Ending.corrupt(reason);
        return END;
    }

    @Override
    public Ending ending() {
        if (corrupt != null) {
            return corrupt;
        }
        return begun
                ? Ending.loss("the peer ended in the middle of a message", null)
                : lease.ending().orElseThrow();
    }
}
