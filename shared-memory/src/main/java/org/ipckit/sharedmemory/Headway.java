package org.ipckit.sharedmemory;

/**
 * Keeps a reader off the heels of its writer. One that is faster takes each cache line back while the writer is still at
 * work on it, and then both wait for lines most of the time; so a reader that runs dry in the middle of a stream lets the
 * writer get ahead. Whoever waits for an answer is not held up: that is no stream. One thread uses it.
 */
final class Headway {

    /** After so many looks in vain at one place the writer is not sending as fast as it can. */
    static final int LOOKS = 16;

    /** So much has to come without a pause before it is taken for a stream. */
    static final int STREAM_BYTES = 16 * 1024;

    /** Less than this after a rest is an answer and no stream, however fast answers come. */
    static final int GAIN_BYTES = 1024;

    /** So are fewer records than that, however long they are. */
    static final int GAIN_RECORDS = 4;

    /** After each rest for nothing a stream has to be twice as long to be taken for one, at most this. */
    static final int MOST_STREAM_BYTES = 256 * 1024;

    /** In that time a writer gets some dozens of records ahead. */
    private static final long REST_NANOS = 1_000;

    private final Runnable rest;

    /** Where the stream begins, and how long it has to be. */
    private long streamFrom;

    private int streamBytes = STREAM_BYTES;

    /** The place of the last look in vain, the records before it, and how many looks there were at that place. */
    private long dryAt;

    private long dryRecords;
    private int looks;
    private boolean rested;

    Headway() {
        this(Headway::rest);
    }

    /** @param rest lets the writer get ahead */
    Headway(Runnable rest) {
        this.rest = rest;
    }

    /** Called for each look in vain; returns false if it is the first at this place, for {@link #dryAt} to be called. */
    boolean stillDryAt(long head) {
        if (head != dryAt) {
            return false;
        }
        if (++looks >= LOOKS) {
            streamFrom = head;
            rested = false;
        }
        return true;
    }

    /** There is nothing behind so many bytes and records for the first time; takes its time if they have been a stream. */
    void dryAt(long head, long records) {
        if (rested) {
            learn(head, records);
        }
        dryAt = head;
        dryRecords = records;
        looks = 1;
        rested = head - streamFrom >= streamBytes;
        if (rested) {
            rest.run();
        }
    }

    /** The last rest was for nothing if an answer came, for which the peer then had to wait as well. */
    private void learn(long head, long records) {
        boolean answered = records - dryRecords < GAIN_RECORDS;
        streamBytes = answered ? Math.min(2 * streamBytes, MOST_STREAM_BYTES) : STREAM_BYTES;
        if (answered || head - dryAt < GAIN_BYTES) {
            streamFrom = head;
        }
    }

    private static void rest() {
        long start = System.nanoTime();
        do {
            Thread.onSpinWait();
        } while (System.nanoTime() - start < REST_NANOS);
    }
}
