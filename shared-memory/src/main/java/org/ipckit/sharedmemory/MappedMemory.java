package org.ipckit.sharedmemory;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.ipckit.transport.spi.PrivateFiles;

/**
 * A file whose bytes are memory: what one process writes there another reads, with no call between. Where the file lies
 * in {@code /dev/shm} it is memory only.
 *
 * <p>Any thread may use it; what happens to bytes that two write at once is theirs to agree upon.
 */
public final class MappedMemory implements Closeable {

    private static final int CHUNK_BYTES = 64 << 10;

    private final MappedByteBuffer mapping;
    private boolean closed;

    private MappedMemory(MappedByteBuffer mapping) {
        this.mapping = mapping;
    }

    /**
     * Makes a file of zeros, which only this user may use, and maps it. Its room is really taken first: a file system
     * without enough of it fails here, and not with a signal when the memory is first touched.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is a file
     * @throws IOException if there is no room; then no file is left
     */
    public static MappedMemory create(Path file, int sizeBytes) throws IOException {
        if (sizeBytes < 1) {
            throw new IllegalArgumentException("memory of " + sizeBytes + " bytes");
        }
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PrivateFiles.mode())) {
            try {
                writeZeros(channel, sizeBytes);
                return new MappedMemory(channel.map(MapMode.READ_WRITE, 0, sizeBytes));
            } catch (IOException refused) {
                Files.delete(file);
                throw new IOException(
                        "no room for " + sizeBytes + " bytes in " + file.getParent() + ", "
                                + Files.getFileStore(file.getParent()).getUsableSpace() + " are free: "
                                + refused.getMessage(),
                        refused);
            }
        }
    }

    private static void writeZeros(FileChannel channel, int sizeBytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (long at = 0; at < sizeBytes; ) {
            at += channel.write(zeros.clear().limit((int) Math.min(CHUNK_BYTES, sizeBytes - at)), at);
        }
    }

    /** Maps a file to read and write, as large as it is now; no link is followed. */
    public static MappedMemory open(Path file) throws IOException {
        return open(file, MapMode.READ_WRITE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Maps a file that this process may only read. */
    public static MappedMemory openToRead(Path file) throws IOException {
        return open(file, MapMode.READ_ONLY, StandardOpenOption.READ);
    }

    private static MappedMemory open(Path file, MapMode mode, StandardOpenOption... access) throws IOException {
        Set<OpenOption> options = new HashSet<>(Set.of(access));
        options.add(LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(file, options)) {
            long size = channel.size();
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw new IOException(
                        file + " has " + size + " bytes; from 1 to " + Integer.MAX_VALUE + " can be mapped");
            }
            return new MappedMemory(channel.map(mode, 0, size));
        }
    }

    /** Returns the size of the system's pages, in which memory is mapped. */
    public static int pageSize() {
        return PageSize.BYTES;
    }

    /** Returns how many bytes there are; that never changes. */
    public int size() {
        return mapping.capacity();
    }

    /**
     * Returns a view of all bytes, from position 0 to the size, big-endian; read-only if that was asked for. It may be
     * kept for ever: when the memory was closed it reads zeros.
     *
     * <p>If somebody makes the file shorter, getting or putting what it has lost is an {@link InternalError}, thrown there
     * or a little later in the same thread. What the JVM does in other ways with such memory, as compare-and-set in code
     * that is not compiled yet, {@code CRC32.update} or {@code mismatch}, ends the process: then only a file that nobody
     * else can open is safe.
     */
    public ByteBuffer bytes() {
        return mapping.duplicate();
    }

    /**
     * Returns the lock that lies in {@link MemoryLock#BYTES} bytes of this memory, all zero when it is first used.
     *
     * @param offset a multiple of 8
     */
    public MemoryLock lock(int offset) throws IOException {
        if (offset % Long.BYTES != 0 || mapping.isReadOnly()) {
            throw new IllegalArgumentException("a lock needs memory to write to, at a multiple of " + Long.BYTES
                    + "; asked for at " + offset + (mapping.isReadOnly() ? " of memory opened to read" : ""));
        }
        return new MemoryLock(mapping.slice(offset, MemoryLock.BYTES));
    }

    /** Touches every page, so that it is not done by the first message that comes there. */
    public void touch() {
        mapping.load();
    }

    /**
     * Lets go of the file's memory; the file stays. Views stay valid and are this process's own from now on. Where the
     * system's calls cannot be made (see {@link SharedMemoryTransport#availability}) the memory is let go of only when
     * the last view is garbage.
     */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            // Never unmapped: somebody may hold a view, and touching what is unmapped ends the process.
            if (LinuxCalls.hasFutex()) {
                LinuxCalls.replaceByZeros(mapping);
            }
        }
    }
}
