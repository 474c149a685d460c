package org.ipckit.sharedmemory;

/**
 * Where everything lies in the segment of a connection, in bytes from its beginning. Both processes go by this class;
 * nothing else knows a number. All fields are in the machine's own byte order: both sides are on one machine.
 */
final class Layout {

    /** The version of everything here and in {@link Word}. */
    static final int VERSION_1 = 1;

    /** "IPCK-SHM" as the machine's own long; the other byte order, or no segment at all, reads otherwise. */
    static final long MAGIC_NUMBER = 0x49504349_2d53484dL;

    /** What all fields that two processes write and read are aligned to, so that each write moves one line only. */
    static final int CACHE_LINE = 64;

    // The header, written by the listener before the client hears of the segment, and never again.

    static final int MAGIC = 0;
    static final int VERSION = 8;
    static final int CAPACITY = 12;

    /** What each side can do, as {@link Abilities} writes it. */
    static final int LISTENER_ABLE = 16;

    static final int CLIENT_ABLE = 20;

    // The control block of each ring. Processors fetch lines in pairs: what one side writes lies 128 bytes from the
    // rest.

    static final int CONTROL_TO_LISTENER = 1024;
    static final int CONTROL_TO_CLIENT = 2048;
    static final int CONTROL_BYTES = 384;

    /** Within a control block: the position up to which the reader is done, a long told by the reader. */
    static final int PROGRESS = 0;

    /** Within a control block: how the reader sleeps, an int; see {@link WaitWord}. */
    static final int READER_WAITS = 128;

    /** Within a control block: how the writer sleeps, an int. */
    static final int WRITER_WAITS = 256;

    /** The rings' records: first those to the listener, then those to the client. */
    static final int RECORDS = 4096;

    private Layout() {}

    static int recordsToListener() {
        return RECORDS;
    }

    static int recordsToClient(int capacityBytes) {
        return RECORDS + capacityBytes;
    }

    static int segmentBytes(int capacityBytes) {
        return RECORDS + 2 * capacityBytes;
    }

    /** Returns how many bytes of the ring a record takes whose payload has this length. */
    static int recordBytes(int lengthBytes) {
        return (Word.BYTES + lengthBytes + CACHE_LINE - 1) & -CACHE_LINE;
    }

    /**
     * Returns the longest payload of one record. A quarter of the ring, so that a fragment can be written while another
     * is read, and one that does not fit before the end of the ring always fits at its beginning.
     */
    static int longestRecord(int capacityBytes) {
        return capacityBytes / 4 - Word.BYTES;
    }
}
