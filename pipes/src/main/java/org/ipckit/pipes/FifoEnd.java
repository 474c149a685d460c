package org.ipckit.pipes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;
import jnr.enxio.channels.NativeDeviceChannel;
import jnr.enxio.channels.NativeSelectorProvider;
import org.ipckit.natives.BrokenPipeException;
import org.ipckit.natives.DescriptorBytes;

/**
 * One end of a FIFO, open for reading or for writing; no call waits. One thread uses it, and whoever closes it makes sure
 * that nobody is inside.
 */
final class FifoEnd implements Closeable {

    /** Returned by {@link #read} when no process has the other end open. */
    static final int NO_WRITER = DescriptorBytes.END;

    private static final int TYPE = 0170000;
    private static final int FIFO = 0010000;

    private static final int FLAGS = OpenFlags.O_NONBLOCK.intValue() | OpenFlags.O_CLOEXEC.intValue();

    private static final int POLL_BYTES = 8;
    private static final int POLL_EVENTS_AT = 4;
    private static final int POLL_RESULT_AT = 6;
    private static final int POLLERR = 0x8;
    private static final int POLLHUP = 0x10;

    private final LibC.Calls libc = LibC.LIBRARY.calls();
    private final DescriptorBytes bytes;
    private final Path path;
    private final int descriptor;
    private final NativeDeviceChannel channel;
    private final ByteBuffer poll = ByteBuffer.allocateDirect(POLL_BYTES).order(ByteOrder.nativeOrder());

    /** Whether a link at the path is followed to what it names. */
    enum Links {
        FOLLOWED,
        REFUSED
    }

    private FifoEnd(Path path, int descriptor, int operation) {
        this.path = path;
        this.descriptor = descriptor;
        this.bytes = new DescriptorBytes(descriptor, path);
        this.channel = new NativeDeviceChannel(NativeSelectorProvider.getInstance(), descriptor, operation, true);
    }

    /**
     * Opens the end to read from, whether or not anybody writes.
     *
     * @throws java.nio.file.NoSuchFileException if there is nothing at the path
     * @throws NotAFifoException if there is something else
     */
    static FifoEnd toRead(Path path, Links links) throws IOException {
        return open(path, links, OpenFlags.O_RDONLY, SelectionKey.OP_READ);
    }

    /**
     * Opens the end to write to.
     *
     * @throws java.nio.file.NoSuchFileException if there is nothing at the path
     * @throws NotAFifoException if there is something else
     * @throws NoReaderException if no process has it open for reading
     */
    static FifoEnd toWrite(Path path, Links links) throws IOException {
        return open(path, links, OpenFlags.O_WRONLY, SelectionKey.OP_WRITE);
    }

    private static FifoEnd open(Path path, Links links, OpenFlags access, int operation) throws IOException {
        // Before, because opening alone may do something to what is not a FIFO; after, because it may have been
        // changed.
        requireFifo(path, path, links);
        int noFollow = links == Links.REFUSED ? OpenFlags.O_NOFOLLOW.intValue() : 0;
        LibC.Calls libc = LibC.LIBRARY.calls();
        int descriptor = libc.open(path.toString(), access.intValue() | FLAGS | noFollow, 0);
        if (descriptor < 0) {
            throw LibC.LIBRARY.errno() == LibC.ENXIO
                    ? new NoReaderException("no process has " + path + " open to read (ENXIO)")
                    : LibC.LIBRARY.failure("open", path);
        }
        FifoEnd end = new FifoEnd(path, descriptor, operation);
        try {
            requireFifo(path, end.itself(), Links.FOLLOWED);
            end.channel.configureBlocking(false);
            return end;
        } catch (IOException | RuntimeException refused) {
            end.close();
            throw refused;
        }
    }

    private static void requireFifo(Path path, Path looked, Links links) throws IOException {
        LinkOption[] options =
                links == Links.REFUSED ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
        if (!isFifo(looked, options)) {
            throw new NotAFifoException(path);
        }
    }

    /** Returns whether it is a FIFO. */
    static boolean isFifo(Path path, LinkOption... links) throws IOException {
        return ((Integer) Files.getAttribute(path, "unix:mode", links) & TYPE) == FIFO;
    }

    /** Returns the name by which this process finds what it has open, whatever has become of the path. */
    private Path itself() {
        return Path.of("/proc/self/fd/" + descriptor);
    }

    /** Returns the number of the user who owns the FIFO. */
    int owner() throws IOException {
        return (Integer) Files.getAttribute(itself(), "unix:uid");
    }

    /** Opens the same FIFO once more to read from. To the new end, writers that have left are as if they never were. */
    FifoEnd again() throws IOException {
        return toRead(itself(), Links.FOLLOWED);
    }

    /**
     * Reads what is there.
     *
     * @return the number of bytes, 0 if there are none now, {@link #NO_WRITER}
     */
    int read(ByteBuffer into) throws IOException {
        return bytes.read(into);
    }

    /**
     * Writes what there is room for; up to 4096 bytes are written as a whole or not at all.
     *
     * @return the number of bytes, 0 if there is no room now
     * @throws NoReaderException if no process has it open for reading any more
     */
    int write(ByteBuffer from) throws IOException {
        try {
            return bytes.write(from);
        } catch (BrokenPipeException gone) {
            throw new NoReaderException("no process has " + path + " open to read any more", gone);
        }
    }

    /** Returns true if the other side had this FIFO open since this end was opened, and nobody has it open now. */
    boolean isAbandoned() throws IOException {
        poll.putInt(0, descriptor).putShort(POLL_EVENTS_AT, (short) 0).putShort(POLL_RESULT_AT, (short) 0);
        if (libc.poll(poll, 1, 0) < 0 && LibC.LIBRARY.errno() != LibC.EINTR) {
            throw LibC.LIBRARY.failure("poll", path);
        }
        return (poll.getShort(POLL_RESULT_AT) & (POLLHUP | POLLERR)) != 0;
    }

    /** Asks the system for a buffer of at least so many bytes. */
    void resize(int bytes) throws IOException {
        if (libc.fcntl(descriptor, Fcntl.F_SETPIPE_SZ.intValue(), bytes) < 0) {
            throw LibC.LIBRARY.failure("F_SETPIPE_SZ to " + bytes, path);
        }
    }

    /** Returns how many bytes fit in. */
    int size() throws IOException {
        int bytes = libc.fcntl(descriptor, Fcntl.F_GETPIPE_SZ.intValue(), 0);
        if (bytes < 0) {
            throw LibC.LIBRARY.failure("F_GETPIPE_SZ", path);
        }
        return bytes;
    }

    /** Returns the channel to wait on; reading and writing is done here. */
    SelectableChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
