package org.ipckit.pipes;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.ipckit.transport.AccessDeniedException;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;
import org.ipckit.transport.ConnectFailedException;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.PrivateFiles;
import org.ipckit.transport.spi.RunDirectory;

/**
 * The FIFO at an address, on which clients ask for connections.
 *
 * @param address the address
 * @param file where its FIFO is
 * @param size what its options ask of the FIFOs of a connection
 */
record PipeAddress(Address address, Path file, PipeSize size) {

    static PipeAddress of(Address address, PipeSize size) {
        return new PipeAddress(address, RunDirectory.file(address), size);
    }

    PairFolder pairs() {
        return new PairFolder(file);
    }

    /**
     * Removes what a dead listener has left.
     *
     * @throws AddressInUseException if there is anything else; it is left alone
     */
    void removeLeftover(AddressOwnership ownership) throws IOException {
        if (!exists(file)) {
            return;
        }
        if (!FifoEnd.isFifo(file, LinkOption.NOFOLLOW_LINKS)) {
            throw inUse(file + " is not a FIFO", null);
        }
        if (!ownership.isLeftover()) {
            throw inUse(file + " is a FIFO that no listener has made", null);
        }
        Files.delete(file);
    }

    /**
     * Makes the FIFO.
     *
     * @param unnamed where it may be before it is at the address
     * @throws AddressInUseException if there is something; it is left alone
     */
    void create(AddressOwnership ownership, Path unnamed) throws IOException {
        NamedPipe.make(unnamed, PosixFilePermissions.fromString("rw-------"));
        try {
            // It gets its name only when it is written down whose it is: a listener that is killed at any instant
            // leaves nothing that the next one would take for somebody else's.
            ownership.madeAs(unnamed);
            Files.createLink(file, unnamed);
        } catch (FileAlreadyExistsException meanwhile) {
            throw inUse(file + " was made meanwhile", meanwhile);
        } finally {
            Files.delete(unnamed);
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private AddressInUseException inUse(String what, Exception cause) {
        return new AddressInUseException(
                "listen on " + address + ": " + what + " and is left alone; remove it or choose another path", cause);
    }

    /** Opens the FIFO that was made, to read requests from it. */
    FifoEnd openToListen() throws IOException {
        return FifoEnd.toRead(file, FifoEnd.Links.REFUSED);
    }

    /**
     * Opens the FIFO to ask a listener for a connection.
     *
     * @throws IOException if nobody listens now
     * @throws ConnectFailedException if there is something that is not a FIFO
     * @throws AccessDeniedException if it is another user's
     */
    FifoEnd openToAsk() throws IOException {
        FifoEnd end;
        try {
            end = FifoEnd.toWrite(file, FifoEnd.Links.REFUSED);
        } catch (NoSuchFileException absent) {
            throw new IOException("there is no " + file, absent);
        } catch (NoReaderException dead) {
            throw new IOException(file + " was left by a listener that is gone", dead);
        } catch (NotAFifoException foreign) {
            throw new ConnectFailedException("connect to " + address + ": " + foreign.getMessage(), foreign);
        } catch (java.nio.file.AccessDeniedException refused) {
            throw new AccessDeniedException("connect to " + address + ": permission denied", refused);
        }
        try {
            requireOurs(end);
            return end;
        } catch (IOException | RuntimeException refused) {
            end.close();
            throw refused;
        }
    }

    private void requireOurs(FifoEnd end) throws IOException {
        if (end.owner() != PrivateFiles.uid()) {
            throw new AccessDeniedException("connect to " + address + ": " + file + " belongs to the user with number "
                    + end.owner() + "; named pipes connect processes of one user");
        }
    }
}
