package org.ipckit.files;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A file that is never changed but replaced as a whole: whoever opens it sees the old or the new one, even if the writer
 * is killed meanwhile. Those who replace it take turns under a lock; only they need one, and whoever has a {@code next} of
 * his own needs none to {@link #prepare} and to {@link #tidy} either.
 *
 * <p>One thread at a time uses it, except that any may ask {@link #hasChanged}.
 */
final class ReplacedFile implements Closeable {

    private static final Closeable NOTHING = () -> {};

    private static final int MOST_ASIDE = 1000;

    private static final int HERE = -100;
    private static final int EXCHANGE = 2;

    private final Path path;
    private final Path next;
    private final boolean durable;
    private volatile Version seen = Version.NONE;

    /** Kept open so that no other file can get the number of the one that was seen: numbers are soon used again. */
    private Closeable seenFile = NOTHING;

    /** To close the last descriptor of a file that was replaced takes the system longer than to replace it: done later. */
    private Closeable outdatedFile = NOTHING;

    /** What was written and has not taken its place yet. */
    private RandomAccessFile prepared;

    private Version preparedVersion = Version.UNKNOWN;

    /** Whether something may be where the next file is written, of a writer that was killed at first. */
    private boolean untidy = true;

    private boolean exchanges = true;

    /**
     * @param next where the new one is written before it takes the place of the old one; on the same file system
     * @param durable whether what was written is there even after the machine has lost its power
     */
    ReplacedFile(Path path, Path next, boolean durable) {
        this.path = path;
        this.next = next;
        this.durable = durable;
    }

    /** What tells one state of the file from another: its number, its time of change and its size. */
    private record Version(Object file, FileTime modified, long sizeBytes) {

        static final Version NONE = new Version(null, null, 0);

        /** Like no state that a file can be in. */
        static final Version UNKNOWN = new Version(null, null, -1);

        static Version of(Path path) throws IOException {
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                return new Version(now.fileKey(), now.lastModifiedTime(), now.size());
            } catch (NoSuchFileException absent) {
                return NONE;
            }
        }
    }

    /** Returns true if the file is no longer what was last read or written here. */
    boolean hasChanged() throws IOException {
        return !Version.of(path).equals(seen);
    }

    /** Returns the size of what was last read or written here. */
    long sizeBytes() {
        return seen.sizeBytes();
    }

    /** Reads the file, whole, whoever replaces it meanwhile. */
    byte[] read() throws IOException {
        // Asked before it is read: what is changed in between is seen as a change later.
        Version version = Version.of(path);
        FileInputStream in = open();
        boolean read = false;
        try {
            byte[] content = in.readAllBytes();
            saw(version, in);
            read = true;
            return content;
        } finally {
            if (!read) {
                in.close();
            }
        }
    }

    private FileInputStream open() throws IOException {
        try {
            return new FileInputStream(path.toFile());
        } catch (java.io.FileNotFoundException refused) {
            if (Files.notExists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            throw refused;
        }
    }

    /** Replaces the file, or makes it. */
    void replace(byte[] content) throws IOException {
        prepare(content);
        putInPlace();
        tidy();
    }

    /** Writes what is to take the place of the file. */
    void prepare(byte[] content) throws IOException {
        // Not written over: it may have been the file until its last writer was killed, and somebody may be reading it.
        tidy();
        // Not a channel: an interrupt would close it in the middle.
        untidy = true;
        prepared = new RandomAccessFile(next.toFile(), "rw");
        boolean written = false;
        try {
            prepared.write(content);
            if (durable) {
                prepared.getFD().sync();
            }
            preparedVersion = Version.of(next);
            written = true;
        } finally {
            if (!written) {
                discard();
            }
        }
    }

    /** Puts what was prepared in the place of the file. */
    void putInPlace() throws IOException {
        if (!exchange()) {
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        }
        if (durable) {
            syncFolder();
        }
        RandomAccessFile placed = prepared;
        prepared = null;
        saw(preparedVersion, placed);
    }

    /**
     * Lets the two files change places. To replace one takes ext4 ten times as long: it begins to write the new one to the
     * disk, and whoever closes the old one last waits for that.
     *
     * @return false if there is no file yet, or the system cannot do that here
     */
    private boolean exchange() {
        boolean exchanged = false;
        try {
            exchanged = exchanges
                    && LibC.LIBRARY.calls().renameat2(HERE, next.toString(), HERE, path.toString(), EXCHANGE) == 0;
            exchanges = exchanged || Files.notExists(path);
        } catch (LinkageError olderLibrary) {
            exchanges = false;
        }
        return exchanged;
    }

    /** Closes and removes what was replaced, and what was opened or prepared and not needed. */
    void tidy() throws IOException {
        Closeable outdated = outdatedFile;
        outdatedFile = NOTHING;
        try (outdated) {
            discard();
        }
        if (untidy) {
            Files.deleteIfExists(next);
            untidy = false;
        }
    }

    private void discard() throws IOException {
        RandomAccessFile unused = prepared;
        prepared = null;
        if (unused != null) {
            unused.close();
        }
    }

    /** Makes the new name as durable as the content is. */
    private void syncFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private void saw(Version version, Closeable file) throws IOException {
        Closeable before = outdatedFile;
        outdatedFile = seenFile;
        seen = version;
        seenFile = file;
        before.close();
    }

    /**
     * Gives the file another name, {@code NAME.damaged-N}, under which it is left for somebody to look at.
     *
     * @return the new name
     */
    Path keepAside() throws IOException {
        for (int number = 1; number <= MOST_ASIDE; number++) {
            Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + number);
            if (Files.notExists(aside)) {
                return Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        throw new IOException("there are " + MOST_ASIDE + " damaged files beside " + path + " already");
    }

    /** Removes the file, and what a killed writer may have left. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
        Files.deleteIfExists(next);
    }

    /** Forgets what was seen: the next look finds a change. */
    void forget() throws IOException {
        saw(Version.UNKNOWN, NOTHING);
    }

    @Override
    public void close() throws IOException {
        Closeable last = seenFile;
        Closeable outdated = outdatedFile;
        try (last;
                outdated) {
            seen = Version.UNKNOWN;
            seenFile = NOTHING;
            outdatedFile = NOTHING;
            discard();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
