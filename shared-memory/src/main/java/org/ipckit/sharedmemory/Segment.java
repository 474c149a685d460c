package org.ipckit.sharedmemory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mapped memory of one connection: a header and two rings, by the {@link Layout}. */
final class Segment implements Closeable {

    private final Path file;
    private final MappedMemory memory;
    private final ByteBuffer bytes;
    private final int capacity;

    private Segment(Path file, MappedMemory memory, int capacity) {
        this.file = file;
        this.memory = memory;
        this.bytes = memory.bytes().order(ByteOrder.nativeOrder());
        this.capacity = capacity;
    }

    /** Makes a segment in a new file. */
    static Segment create(Path file, int capacity, Abilities listener, Abilities client) throws IOException {
        Segment segment = new Segment(file, MappedMemory.create(file, Layout.segmentBytes(capacity)), capacity);
        segment.bytes
                .putLong(Layout.MAGIC, Layout.MAGIC_NUMBER)
                .putInt(Layout.VERSION, Layout.VERSION_1)
                .putInt(Layout.CAPACITY, capacity)
                .putInt(Layout.LISTENER_ABLE, listener.bits())
                .putInt(Layout.CLIENT_ABLE, client.bits());
        return segment;
    }

    /**
     * Maps a segment that the other side has made, and removes its name: nobody else will need it.
     *
     * @throws java.nio.file.NoSuchFileException if its maker, or one who came after it, has removed it
     * @throws CorruptSegmentException if it is no segment of this capacity and of a version known here
     */
    static Segment open(Path file, int capacity) throws IOException {
        MappedMemory memory = MappedMemory.open(file);
        try {
            requireSegment(file, memory, capacity);
            Files.delete(file);
            return new Segment(file, memory, capacity);
        } catch (IOException refused) {
            memory.close();
            throw refused;
        }
    }

    private static void requireSegment(Path file, MappedMemory memory, int capacity) throws CorruptSegmentException {
        if (memory.size() < Layout.RECORDS || memory.size() != Layout.segmentBytes(capacity)) {
            throw new CorruptSegmentException(file + " has " + memory.size() + " bytes, a segment with rings of "
                    + capacity + " has " + Layout.segmentBytes(capacity));
        }
        ByteBuffer header = memory.bytes().order(ByteOrder.nativeOrder());
        if (header.getLong(Layout.MAGIC) != Layout.MAGIC_NUMBER) {
            throw new CorruptSegmentException(file + " is not a segment of ipckit");
        }
        if (header.getInt(Layout.VERSION) != Layout.VERSION_1) {
            throw new CorruptSegmentException(file + " has layout " + header.getInt(Layout.VERSION)
                    + ", this side knows layout " + Layout.VERSION_1);
        }
        if (header.getInt(Layout.CAPACITY) != capacity) {
            throw new CorruptSegmentException(file + " has rings of " + header.getInt(Layout.CAPACITY)
                    + " bytes, and was said to have " + capacity);
        }
    }

    int capacity() {
        return capacity;
    }

    Path file() {
        return file;
    }

    Abilities listenerAble() {
        return Abilities.ofBits(bytes.getInt(Layout.LISTENER_ABLE));
    }

    Abilities clientAble() {
        return Abilities.ofBits(bytes.getInt(Layout.CLIENT_ABLE));
    }

    Ring toListener() {
        return ring(Layout.CONTROL_TO_LISTENER, Layout.recordsToListener());
    }

    Ring toClient() {
        return ring(Layout.CONTROL_TO_CLIENT, Layout.recordsToClient(capacity));
    }

    private Ring ring(int control, int records) {
        return new Ring(bytes.slice(control, Layout.CONTROL_BYTES), bytes.slice(records, capacity));
    }

    /** Touches every page now. */
    void touch() {
        memory.touch();
    }

    /** Lets go of the memory and, if it still has one, of its name. */
    @Override
    public void close() throws IOException {
        try {
            memory.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
