package org.ipckit.pipes;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.InvalidAddressException;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.TransportUnavailableException;
import org.ipckit.transport.spi.Dialer;

/**
 * A named pipe, also called FIFO: a file through which bytes go from those who have it open for writing to whoever has it
 * open for reading. Nothing is kept in the file itself. An immutable value: where the FIFO is.
 *
 * <p>Neither {@link #openToRead} nor {@link #openToWrite} hangs, as the system's plain open does until the other side has
 * come.
 *
 * <pre>{@code
 * NamedPipe fifo = NamedPipe.createIfAbsent(Path.of("fifo"), PosixFilePermissions.fromString("rw-r--r--"));
 * try (PipeReader reader = fifo.openToRead(PipeReader.AtEnd.WAIT)) {
 *     int count = reader.read(buffer, Duration.ofSeconds(1));
 * }
 * }</pre>
 */
public final class NamedPipe {

    /** The most bytes that go in as a whole, never mixed with those of another writer: the system's PIPE_BUF. */
    public static final int ATOMIC_BYTES = 4096;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path path;
    private final Address address;

    private NamedPipe(Path path) {
        this.path = path;
        this.address =
                Address.parse("pipe:///-").withTarget(path.toAbsolutePath().toString());
    }

    /** Returns the named pipe at a path; nothing is made and nothing looked at. */
    public static NamedPipe at(Path path) {
        return new NamedPipe(Objects.requireNonNull(path, "path"));
    }

    /**
     * Makes a FIFO that only this user may open.
     *
     * @throws AddressInUseException if there is something already, whatever it is; it is left alone
     */
    public static NamedPipe create(Path path) {
        return create(path, OWNER_ONLY);
    }

    /**
     * Makes a FIFO with these permissions, whatever the umask.
     *
     * @throws AddressInUseException if there is something already, whatever it is; it is left alone
     * @throws AccessDeniedException if we may not, or there is no such folder
     */
    public static NamedPipe create(Path path, Set<PosixFilePermission> permissions) {
        NamedPipe pipe = at(path);
        try {
            make(path, permissions);
            return pipe;
        } catch (FileAlreadyExistsException there) {
            throw pipe.inUse(there);
        } catch (IOException refused) {
            throw pipe.refused("create", refused);
        }
    }

    /**
     * Makes a FIFO with these permissions, or takes the one that is there as it is, such as that of a process that was
     * killed.
     *
     * @throws AddressInUseException if there is something that is not a FIFO; it is left alone
     * @throws AccessDeniedException if we may not, or there is no such folder
     */
    public static NamedPipe createIfAbsent(Path path, Set<PosixFilePermission> permissions) {
        NamedPipe pipe = at(path);
        try {
            make(path, permissions);
        } catch (FileAlreadyExistsException there) {
            if (!pipe.exists()) {
                throw pipe.inUse(there);
            }
        } catch (IOException refused) {
            throw pipe.refused("create", refused);
        }
        return pipe;
    }

    /** Makes a FIFO; the JDK's exceptions say what is in the way. */
    static void make(Path path, Set<PosixFilePermission> permissions) throws IOException {
        requireNatives();
        int mode = 0;
        for (char permission : PosixFilePermissions.toString(permissions).toCharArray()) {
            mode = mode << 1 | (permission == '-' ? 0 : 1);
        }
        if (LibC.LIBRARY.calls().mkfifo(path.toString(), mode) < 0) {
            throw LibC.LIBRARY.failure("mkfifo", path);
        }
        // The umask may have taken something away. What it leaves is never more than what was asked for.
        Files.setPosixFilePermissions(path, permissions);
    }

    private static void requireNatives() {
        if (!LibC.LIBRARY.reasonWhyNot().isEmpty()) {
            throw new TransportUnavailableException("named pipes: " + LibC.LIBRARY.reasonWhyNot());
        }
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Returns true if there is a FIFO at the path, or a link to one. */
    public boolean exists() {
        try {
            return FifoEnd.isFifo(path);
        } catch (NoSuchFileException absent) {
            return false;
        } catch (IOException refused) {
            throw refused("look at", refused);
        }
    }

    /** Returns true if there is a FIFO at the path and a process has it open for reading now. */
    public boolean hasReader() {
        requireNatives();
        try (FifoEnd opened = FifoEnd.toWrite(path, FifoEnd.Links.FOLLOWED)) {
            return opened != null;
        } catch (NoReaderException | NoSuchFileException | NotAFifoException nobody) {
            return false;
        } catch (IOException refused) {
            throw refused("look at", refused);
        }
    }

    /**
     * Opens it for reading, at once, whether or not anybody writes.
     *
     * @param atEnd what a read does when the last writer has left
     * @throws ConnectFailedException if there is no FIFO
     * @throws InvalidAddressException if there is something else
     */
    public PipeReader openToRead(PipeReader.AtEnd atEnd) {
        Objects.requireNonNull(atEnd, "atEnd");
        requireNatives();
        try {
            return new PipeReader(address, FifoEnd.toRead(path, FifoEnd.Links.FOLLOWED), atEnd);
        } catch (NoSuchFileException absent) {
            throw new ConnectFailedException("open " + path + " to read: there is no such FIFO (ENOENT)", absent);
        } catch (IOException refused) {
            throw refused("open to read", refused);
        }
    }

    /**
     * Opens it for writing as soon as a process reads from it.
     *
     * @param timeout how long to wait for the FIFO and its reader; {@link Duration#ZERO} tries once
     * @throws ConnectFailedException if the time is over; the text says whether the FIFO or its reader was missing, and
     *     the cause is a {@link NoSuchFileException} in the first case only
     * @throws InvalidAddressException at once, if there is something that is not a FIFO
     * @throws org.ipckit.transport.InterruptedWaitException if the thread is interrupted; its flag stays set
     */
    public PipeWriter openToWrite(Duration timeout) {
        requireNatives();
        return new PipeWriter(address, Dialer.retry(address, timeout, deadline -> {
            try {
                return FifoEnd.toWrite(path, FifoEnd.Links.FOLLOWED);
            } catch (NoReaderException nobody) {
                throw nobody;
            } catch (NoSuchFileException absent) {
                NoSuchFileException named =
                        new NoSuchFileException(path.toString(), null, "there is no such FIFO (ENOENT)");
                named.initCause(absent);
                throw named;
            } catch (IOException refused) {
                throw refused("open to write", refused);
            }
        }));
    }

    /**
     * Removes the FIFO; those who have it open go on. Does nothing if there is none.
     *
     * @throws InvalidAddressException if there is something that is not a FIFO; it is left alone
     */
    public void delete() {
        try {
            if (!FifoEnd.isFifo(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new NotAFifoException(path);
            }
            Files.deleteIfExists(path);
        } catch (NoSuchFileException absent) {
            return;
        } catch (IOException refused) {
            throw refused("delete", refused);
        }
    }

    private AddressInUseException inUse(FileAlreadyExistsException there) {
        return new AddressInUseException(
                "create " + path + ": there is " + (exists() ? "a FIFO" : "something that is not a FIFO")
                        + " already; it is left alone",
                there);
    }

    private RuntimeException refused(String operation, IOException refused) {
        String text = operation + " " + path + ": ";
        if (refused instanceof NotAFifoException) {
            return new InvalidAddressException(text + "it is not a FIFO, and is left alone", refused);
        }
        if (refused instanceof java.nio.file.AccessDeniedException) {
            return new AccessDeniedException(text + "permission denied", refused);
        }
        if (refused instanceof NoSuchFileException) {
            return new AccessDeniedException(
                    text + "there is no folder " + path.toAbsolutePath().getParent(), refused);
        }
        return new MechanismException(text + refused.getMessage(), refused);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedPipe that && path.equals(that.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return "NamedPipe[" + path + "]";
    }
}
