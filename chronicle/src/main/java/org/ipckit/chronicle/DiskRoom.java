package org.ipckit.chronicle;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.constants.platform.Errno;

/**
 * Takes the room that a queue needs on the disk before the queue writes there. Its files are mapped and have holes: to
 * write into a hole of a full disk is a fault of memory, which no program can do anything about.
 *
 * <p>One thread at a time uses it.
 */
final class DiskRoom {

    /** What a new file of a queue needs for itself, and a little for a first message. */
    static final long NEW_FILE_BYTES = 256 << 10;

    private static final long STEP_BYTES = 256 << 10;

    /** For what the queue writes of its own after a message: its index, and the header of the next. */
    private static final long AHEAD_BYTES = 64 << 10;

    private final Path folder;
    private int cycle = Integer.MIN_VALUE;
    private long takenUpTo;

    DiskRoom(Path folder) {
        this.folder = folder;
    }

    /** Checks that a file could be made; of a file that is not there yet no room can be taken. */
    static void requireForNewFile(Path folder) throws IOException {
        long left = Files.getFileStore(folder).getUsableSpace();
        if (left < NEW_FILE_BYTES) {
            throw new IOException("the disk is full: " + left + " bytes are left for " + folder
                    + ", a new file of a queue needs " + NEW_FILE_BYTES);
        }
    }

    /** Checks that there is room for what the next message makes the queue do before it asks us. */
    void requireForCycle(int next) throws IOException {
        if (next != cycle) {
            requireForNewFile(folder);
        }
    }

    /**
     * Takes the room for a message.
     *
     * @param file which file of the queue it is
     * @param inCycle the cycle that the file is for
     * @param position where the message begins
     */
    void take(File file, int inCycle, long position, int sizeBytes) throws IOException {
        if (inCycle != cycle) {
            cycle = inCycle;
            takenUpTo = 0;
        }
        long needed = position + sizeBytes + AHEAD_BYTES;
        if (needed > takenUpTo) {
            long upTo = (needed + STEP_BYTES - 1) / STEP_BYTES * STEP_BYTES;
            // What lies before was taken by us, or by others who have written it.
            allocate(file, Math.max(takenUpTo, position), upTo, sizeBytes);
            takenUpTo = upTo;
        }
    }

    private void allocate(File file, long from, long upTo, int sizeBytes) throws IOException {
        if (!LibC.LIBRARY.reasonWhyNot().isEmpty()) {
            requireForNewFile(folder);
            return;
        }
        int descriptor = LibC.LIBRARY.calls().open(file.getPath(), LibC.O_RDWR | LibC.O_CLOEXEC, 0);
        if (descriptor < 0) {
            throw LibC.LIBRARY.failure("open", file);
        }
        int error = LibC.LIBRARY.calls().posix_fallocate(descriptor, from, upTo - from);
        LibC.LIBRARY.calls().close(descriptor);
        if (error == Errno.ENOSPC.intValue() || error == Errno.EDQUOT.intValue()) {
            throw new IOException(
                    "the disk is full: there is no room in " + folder + " for a message of " + sizeBytes + " bytes");
        }
        if (error != 0) {
            throw new IOException(file + " does not grow to " + upTo + " bytes: " + Errno.valueOf(error));
        }
    }
}
