package org.ipckit.chronicle;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.ipckit.transport.Address;
import org.ipckit.transport.spi.AddressOwnership;
import org.ipckit.transport.spi.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places of a listener's connections. What two sides have left that are closed or dead is removed; a place with
 * messages that nobody has read becomes that of the next connection. Any thread may call any method.
 */
final class Places {

    private static final Logger LOG = LoggerFactory.getLogger(Places.class);
    private static final int ATTEMPTS = 100;

    private final Address address;
    private final Path folder;
    private long lastNumber;

    /** @param file the listener's own file */
    Places(Address address, Path file) {
        this.address = address;
        this.folder = folderOf(file);
    }

    private static Path folderOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".connections");
    }

    /** Returns the place of a number beside the listener's own file. */
    static Place place(Address address, Path file, long number) {
        return new Place(address, folderOf(file).resolve(String.valueOf(number)));
    }

    /**
     * A place whose half of the listener is owned.
     *
     * @param number which one it is
     */
    record Taken(Place place, long number, AddressOwnership half) {}

    /** Returns the oldest place that nobody uses and where something is unread, or else a new one. */
    synchronized Taken take() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                PrivateFiles.folder(folder);
                Taken left = left(true);
                return left == null ? fresh() : left;
            } catch (NoSuchFileException | org.ipckit.transport.AccessDeniedException folderWasRemoved) {
                if (Files.exists(folder)) {
                    throw folderWasRemoved;
                }
                LOG.debug("{} was removed by the last of the connections before, and is made again", folder);
            }
        }
        throw new IOException(folder + " is removed again and again");
    }

    /** Removes what nobody uses any more and nobody needs. */
    synchronized void sweep() throws IOException {
        left(false);
        Folders.deleteIfEmpty(folder);
    }

    private Taken left(boolean taking) throws IOException {
        Taken[] left = new Taken[1];
        for (long number : numbers()) {
            Place place = new Place(address, folder.resolve(String.valueOf(number)));
            place.ifUnused(half -> {
                if (place.keepsUnread() && taking) {
                    left[0] = new Taken(place, number, half);
                }
                return left[0] != null;
            });
            if (left[0] != null) {
                return left[0];
            }
        }
        return null;
    }

    private Taken fresh() throws IOException {
        while (true) {
            lastNumber = Math.max(lastNumber, numbers().stream().reduce(0L, Math::max)) + 1;
            Place place = new Place(address, folder.resolve(String.valueOf(lastNumber)));
            try {
                Files.createDirectory(place.folder());
                return new Taken(place, lastNumber, place.own(Side.LISTENER));
            } catch (FileAlreadyExistsException taken) {
                LOG.debug("{} is there already", place.folder());
            }
        }
    }

    private List<Long> numbers() throws IOException {
        return new Lane(folder).numbers();
    }
}
