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

    /** In that time a writer gets some dozens of records ahead. */
    private static final long REST_NANOS = 1_000;

    private final Runnable rest;

    /** Where the stream begins, the place of the last look in vain, and how many there were at that place. */
    private long streamFrom;

    private long dryAt;
    private int looks;
    private boolean rested;

    Headway() {
        this(Headway::rest);
    }

    /** @param rest lets the writer get ahead */
    Headway(Runnable rest) {
        this.rest = rest;
    }

    /** Called when there was nothing at this position; takes its time if there has been a stream up to here. */
    void dryAt(long head) {
        if (head == dryAt) {
            if (++looks >= LOOKS) {
                streamFrom = head;
            }
            return;
        }
        if (rested && head - dryAt < GAIN_BYTES) {
            streamFrom = head;
        }
        dryAt = head;
        looks = 1;
        rested = head - streamFrom >= STREAM_BYTES;
        if (rested) {
            rest.run();
        }
    }

    private static void rest() {
        long start = System.nanoTime();
        do {
            Thread.onSpinWait();
        } while (System.nanoTime() - start < REST_NANOS);
    }
}
