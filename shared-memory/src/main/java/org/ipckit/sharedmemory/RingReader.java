package org.ipckit.sharedmemory;

/**
 * Reads records from a ring, and checks each before a byte of it is touched: whatever the memory holds, nothing outside
 * the ring is read and no step is taken that is not a record's. One thread uses it.
 */
final class RingReader {

    private final Ring ring;
    private final int capacity;
    private final int longest;

    /** Told to the writer in large steps: each telling fetches the line from the writer's core. */
    private final int step;

    private long head;
    private long records;
    private long told;
    private long tellAt;
    private int lastBytes;

    /** Written and never read: what nobody uses the compiler would not ask for. */
    @SuppressWarnings("UnusedVariable")
    private long secondLine;

    RingReader(Ring ring) {
        this.ring = ring;
        this.capacity = ring.capacity();
        this.longest = Layout.longestRecord(capacity);
        this.step = capacity / 8;
        this.tellAt = step;
    }

    /** Returns the word of the next record, whose payload is within its bounds; 0 if there is none yet. */
    long look() throws CorruptSegmentException {
        long word = word();
        return word == 0 ? 0 : check(word);
    }

    /** Returns what stands where the next record's word will be, not looked at yet; 0 if there is none. */
    long word() {
        return ring.word(head);
    }

    /** Returns the word of the next record, of which this stands at the beginning, as {@link #look} does. */
    long check(long found) throws CorruptSegmentException {
        return Word.isWhole(found) && fits(Word.length(found)) ? found : checkAll(found);
    }

    private boolean fits(int length) {
        return length <= longest && place() + length <= capacity;
    }

    private long checkAll(long found) throws CorruptSegmentException {
        long word = found;
        if (Word.kind(word) == Word.PAD) {
            int left = capacity - ring.placeOf(head);
            // One at the beginning would lead to itself.
            if (left == capacity || Word.length(word) != left - Word.BYTES) {
                throw corrupt("a pad of " + Word.length(word) + " bytes");
            }
            word = ring.word(head + left);
            if (word == 0 || Word.kind(word) == Word.PAD) {
                throw corrupt("a pad with no record behind it");
            }
            head += left;
        }
        int kind = Word.kind(word);
        if (kind < Word.WHOLE || kind > Word.LAST) {
            throw corrupt("a word that is none, 0x" + Long.toHexString(word));
        }
        if (!fits(Word.length(word))) {
            throw corrupt("a record of " + Word.length(word) + " bytes, of at most " + longest);
        }
        return word;
    }

    private CorruptSegmentException corrupt(String what) {
        return new CorruptSegmentException(what + " at " + head + " in a ring of " + capacity + " bytes");
    }

    /** Returns the position of the next record. */
    long position() {
        return head;
    }

    /**
     * Asks for the second line of the next record as well, if it will be as long as the last; to be called while there is
     * none yet. The line of its word is asked for by each look, so that the writer sends it at once; the second would only
     * be asked for when the first has come, and a line from another core takes long.
     */
    void expect() {
        if (lastBytes > Layout.CACHE_LINE) {
            secondLine = ring.word(head + Layout.CACHE_LINE);
        }
    }

    /** Returns how many records were read. */
    long records() {
        return records;
    }

    /** Returns the place of the next record's payload. */
    int place() {
        return ring.placeOf(head) + Word.BYTES;
    }

    /**
     * Goes on behind the next record.
     *
     * @return true if the writer was told how far
     */
    boolean advance(int lengthBytes) {
        int bytes = Layout.recordBytes(lengthBytes);
        long next = head + bytes;
        head = next;
        lastBytes = bytes;
        records++;
        if (next < tellAt) {
            return false;
        }
        return tell();
    }

    /** Tells the writer how far this side is, unless it knows; returns true if it was told. */
    boolean tell() {
        if (told == head) {
            return false;
        }
        ring.tellProgress(head);
        told = head;
        tellAt = head + step;
        return true;
    }
}
